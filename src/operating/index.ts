/**
 * What keeps a node running and says how it does: health, measurements, the log, going away without cutting anybody off, backups. It lies above all
 * capabilities, as wiring does: whoever wires a capability adds its indicator to `Readiness`, its measurements to `Metrics` and its long-lived connections
 * to `Draining`.
 */
export { agreedTerms, agreeOnTerms, assertAgreedTerms, inWords } from './agreed-terms.js';
export { consoleFiles } from './console-files.js';
export { Closure } from './closure.js';
export { changeDisclosure, disclosureRule } from './disclosure-rule.js';
export { Draining, type EndsLongLived } from './draining.js';
export { HubLogger, LOG_LEVELS, type LogLevel } from './hub-logger.js';
export { Metrics } from './metrics.js';
export { serveMetrics } from './metrics-server.js';
export { OperatingModule } from './operating.module.js';
export { changePrivacyBudget, type PrivacyBudget, privacyBudget } from './privacy-budget.js';
export { type Indicator, Readiness } from './readiness.js';
export { RequestsUnderWay } from './requests-under-way.js';
export { backUp } from './back-up.js';
export { BackupFault, type BackupFaultCode } from './backup-fault.js';
export { assertNotOfAnotherHub, assertOwnHub } from './own-database.js';
export { resume } from './resume.js';
export { StartFault, type StartFaultCode } from './start-fault.js';
export { BUDGET_SPENT, restore, type Restored, type RestoreOptions, UNDONE } from './restore.js';
