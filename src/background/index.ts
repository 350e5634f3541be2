export { BackgroundModule } from './background.module.js';
export { BackgroundWork, type Worker } from './background-work.js';
export { type Pace, Rounds } from './rounds.js';
