/** What a member's programs ask the hub, and the shapes of its answers. */
export * from './alert-submission.js';
export * from './alerts.js';
export * from './inbox.js';
