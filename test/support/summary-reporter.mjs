import { writeSync } from 'node:fs';

/**
 * Ends a run with the line `N passed, N failed`, in tests; a file that could not run counts as one that failed. It writes as the process exits, since
 * jest puts its own summary after every other reporter, and to the file itself, since jest holds back what goes through the stream.
 */
export default class SummaryReporter {
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests },
  ) {
    const skipped = numPendingTests + numTodoTests;
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    process.once('exit', () => writeSync(process.stdout.fd, line));
  }
}
