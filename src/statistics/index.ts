export { PictureCounter } from './counting/picture-counter.js';
export { type PictureOptions, StatisticsModule } from './statistics.module.js';
