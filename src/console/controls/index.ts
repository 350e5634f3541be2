/**
 * What pages are made of.
 *
 * 2026-12-01. They are the browser's own elements (radio buttons, lists that open, details, dialog) with labels, hints and faults bound to them. A library of
 * accessible widgets was tried: with its list and its popover a first page took 141 kB of the 200 that it may, and nothing here is a widget that the platform lacks.
 * Axe looks at every page in the tests, and one journey is walked by keyboard alone.
 */
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
export { Verdict } from './verdict.js';
export { Waiting } from './waiting.js';
