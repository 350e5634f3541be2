declare module 'virtual:alert-validator' {
  import type { ContentValidator } from '../member/index.js';

  /** Whether a value is the content of an alert, by the schema that the hub checks with. */
  export const validateContent: ContentValidator;
}
