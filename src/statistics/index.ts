export { PictureCounter } from './counting/picture-counter.js';
export type { DisclosureRule } from './picture/shown-count.js';
export { type PictureOptions, StatisticsModule } from './statistics.module.js';
