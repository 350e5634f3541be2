/** How many of `all` are drawn in this run: all of them with `TEST_THOROUGHLY=1 npm test`, else `everyday`. */
export function drawn(all: number, everyday: number): number {
  return process.env['TEST_THOROUGHLY'] === '1' ? all : everyday;
}
