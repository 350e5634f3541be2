export { LinkModule } from './link.module.js';
