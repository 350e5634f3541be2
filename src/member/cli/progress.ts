import { Presets, SingleBar } from 'cli-progress';
import type { Session } from './session.js';

/** How far a long command has come, drawn on a terminal only. */
export interface Progress {
  update(done: number): void;
  pause(pauseMs: number): void;
  stop(): void;
}

/** Starts a progress bar when the output is a terminal and people read it; otherwise nothing is drawn. */
export function startProgress(session: Session, total: number, what = 'rows'): Progress {
  if (!session.surroundings.output.terminal || session.print.json) {
    return {
      update: () => undefined,
      pause: (ms) => {
        session.print.note(waiting(ms));
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} % | {value} of {total} ${what} | {eta_formatted} left {note}`,
      etaBuffer: 1000,
      fps: 5,
    },
    Presets.rect,
  );
  bar.start(total, 0, { note: '' });
  return {
    update: (done) => {
      bar.update(done, { note: '' });
    },
    pause: (ms) => {
      bar.update({ note: `| ${waiting(ms)}` });
    },
    stop: () => {
      bar.stop();
    },
  };
}

function waiting(pauseMs: number): string {
  return `the hub is away, next try in ${Math.ceil(pauseMs / 1000)} s`;
}
