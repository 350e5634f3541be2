import { Component, type ReactNode } from 'react';
import { Problem } from '../controls/index.js';

interface Caught {
  readonly error: unknown;
}

/** Says what went wrong in the place of what could not be shown, such as a part of the console that did not come because the line was down. */
export class Mishap extends Component<{ readonly children: ReactNode }, Caught> {
  override state: Caught = { error: null };

  static getDerivedStateFromError(error: unknown): Caught {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Problem
        error={isMissingPart(error) ? MISSING_PART : error}
        onAgain={() => {
          location.reload();
        }}
      />
    );
  }
}

/** A part of the console that is loaded when it is needed, and was not to be had. */
function isMissingPart(error: unknown): boolean {
  return (
    error instanceof Error && /dynamically imported module|Importing a module script|preload CSS/.test(error.message)
  );
}

const MISSING_PART = Object.assign(new Error('a part of the console did not come'), {
  code: 'HUB_UNREACHABLE',
  remedy: '',
});
