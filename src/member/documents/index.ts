/** What a member's programs ask the hub, and the shapes of its answers. */
export * from './alert-submission.js';
export * from './alerts.js';
export * from './inbox.js';
export * from './definitions.js';
export * from './deliveries.js';
export * from './linkage.js';
export * from './links.js';
export * from './membership.js';
export * from './picture.js';
export * from './signals.js';
