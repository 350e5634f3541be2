/** Countries that English names with an article within a sentence. */
const WITH_ARTICLE: ReadonlySet<string> = new Set([
  ...['AE', 'BS', 'CD', 'CF', 'DO', 'GB', 'GM', 'KM', 'MH', 'MV', 'NL', 'PH', 'SB', 'SC', 'US', 'VA'],
]);

/** A country as an English sentence names it. */
export function withArticle(code: string, name: string): string {
  return WITH_ARTICLE.has(code) ? `the ${name}` : name;
}
