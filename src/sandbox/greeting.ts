/** What the hub prints when it is ready: where it is and what to try. */
export function greeting(url: string, sandbox: boolean): string {
  const where = [
    `Symbolon is ready.`,
    `  Console   ${url}/console`,
    `  GraphQL   ${url}/graphql`,
    `  Ontology  ${url}/ontology`,
  ];
  if (!sandbox) return where.join('\n');
  return [
    ...where,
    '',
    'Three commands to try, in another terminal of this folder:',
    '  npx symbolon alerts list --as ro-punte/desk-1 --purpose protection --under RO,NL',
    '  npx symbolon picture --as nl-baken/desk-1 --by purpose --under NL,DE,BE',
    '  npx symbolon definitions compare NL BE',
    '',
    'Stop with Ctrl-C. Everything stays in the data folder.',
  ].join('\n');
}
