export { LINK_ROLES } from './link-intake.js';
export { LinkModule } from './link.module.js';
