/** What pages are made of. */

export { Button, Buttons } from './button.js';
export { AnyOf, OneOf, type Choice } from './choices.js';
export { CountriesField, CountryField } from './country-fields.js';
export { DataTable, type Column } from './data-table.js';
export { Facts } from './facts.js';
export { FileField } from './file-field.js';
export { LongRows } from './long-list.js';
export { Modal } from './modal.js';
export { OneOfMany } from './one-of-many.js';
export { Page } from './page.js';
export { Problem } from './problem.js';
export { saveFile } from './save-file.js';
export { TextArea } from './text-area.js';
export { TextField, type FieldTexts } from './text-field.js';
export { Verdict, type VerdictAnswer } from './verdict.js';
export { Waiting } from './waiting.js';
