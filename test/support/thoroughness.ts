/** Whether long searches are made in full: `TEST_THOROUGHLY=1 npm test`. */
export const THOROUGHLY = process.env['TEST_THOROUGHLY'] === '1';

/** How many of `all` are drawn in this run: all of them where everything is searched, else `everyday`. */
export function drawn(all: number, everyday: number): number {
  return THOROUGHLY ? all : everyday;
}
