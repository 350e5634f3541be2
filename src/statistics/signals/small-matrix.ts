/** Rows of numbers, alike in length. */
export type Matrix = readonly (readonly number[])[];

/** Below this share of the largest element of a matrix a pivot is taken for zero. */
const NOTHING = 1e-12;

/** The inverse of a square matrix of a few rows, by Gauss and Jordan with the largest pivot of each column. Null when there is none. */
export function inverseOf(matrix: Matrix): Matrix | null {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [
    ...row,
    ...Array.from({ length: size }, (_, column) => (column === at ? 1 : 0)),
  ]);
  const least = NOTHING * Math.max(...matrix.flat().map(Math.abs));
  for (let column = 0; column < size; column++) {
    const below = rows.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const from = column + below.indexOf(Math.max(...below));
    const [pivot, replaced] = [rows[from], rows[column]];
    const head = pivot?.[column] ?? 0;
    if (!pivot || !replaced || !(Math.abs(head) > least)) return null;
    rows[from] = replaced;
    const scaled = pivot.map((value) => value / head);
    rows.forEach((row, at) => {
      const factor = row[column] ?? 0;
      rows[at] = at === column ? scaled : row.map((value, i) => value - factor * (scaled[i] ?? 0));
    });
  }
  return rows.map((row) => row.slice(size));
}

/** A matrix times a column. */
export function product(matrix: Matrix, column: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, at) => sum + value * (column[at] ?? 0), 0));
}
