/**
 * Tables of the picture as statistical files: what hub and member both write, from the same answer the same bytes. The hub signs them in publications; the member writes them into files.
 */
export { breaksSeries } from './broken-series.js';
export { columnOf, type DimensionWords, wordsOf } from './dimension-words.js';
export { type ExportedRow, exportedTable, type ExportedTable } from './exported-table.js';
export { countText, type Measure, measureColumn, measuresOf, measureUnit, measureWords, OUTCOMES } from './measures.js';
export { jsonStatDataset, type JsonStatDataset } from './picture-json-stat.js';
export * from './noisy-json-stat.js';
export type * from './picture-table.js';
export { TableFault, type TableFaultCode } from './table-fault.js';
export { listStatements, statementsOf, type TableStatements } from './table-statements.js';
