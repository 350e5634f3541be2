import type { ContentValidator } from '../../member/index.js';

/** What the build makes of the alert's JSON Schema: whether a value is the content of an alert. */
export declare const validateContent: ContentValidator;
