/** How the figures are drawn. It is loaded when somebody looks at the picture, and no earlier. */
export { drawBars, type Bar } from './bars.js';
export { drawCorridors, type DrawnCorridor } from './corridors.js';
export { drawMap, type DrawnPlace } from './map.js';
export { drawVerdicts, type DrawnVerdicts } from './verdicts.js';
export { drawYears, type DrawnYear, type LawBreak } from './years.js';
export { imageOf, type ImageTexts } from './image.js';
export { loadWorld, type World } from './world.js';
