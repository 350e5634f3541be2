/**
 * Habits of spelling, each with the sound that the other scripts write. They ask for a context that hardly occurs elsewhere, because the language
 * of a name is not known.
 */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/kh/g, 'h'],
  [/szcz/g, 'shch'],
  [/(?<=[bcdgkpt])rz/g, 'zh'],
  [/cz/g, 'ch'],
  [/sz(?=[^z])/g, 'sh'],
  [/w(?=i[ck]z|sk[aiy]|ich)|(?<=o)w$/g, 'v'],
  [/(?<=[oe])w(?=a$)/g, 'v'],
  [/(?<=[bdfgklmnprstvz])j(?=[aeou])/g, ''],
  [/(?<=[aeiou])j(?=[eo]v|k|n|sk|$)/g, 'y'],
  [/(?<=sk)(?:ij|iy|yy|yj|yi)$/, 'i'],
  [/c(?=ov$|ova$|ev$|eva$)/g, 'ts'],
  [/(?<=i)c$/, 'ch'],
];

/** Endings of Slavic and German names, in which w is v, j is y and c is ts. */
const EASTERN =
  /(?:[oe]v|[oe]va|[oe]w|[oe]wa|[iy]n|ina|sk[aiy]|sk[iy][jy]|skaya|skaja|i[ck]z?|ich|enko|uk|ec|mann?|stein|berg)$/;
const EASTERN_HABITS: readonly (readonly [RegExp, string])[] = [
  [/w/g, 'v'],
  [/^j/g, 'y'],
  [/(?<=[aeiou])j(?=[aeou])/g, 'y'],
  [/(?<!^)c(?=[aou])/g, 'ts'],
];

/**
 * A word in a–z with the spelling habits of its language undone, as far as they show. Whatever script the word came from, so that two spellings of a
 * name go the same way; until nothing changes, so that doing it again changes nothing.
 */
export function withoutHabits(word: string): string {
  const habits = EASTERN.test(word) ? [...HABITS, ...EASTERN_HABITS] : HABITS;
  const plainer = habits.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);
  return plainer === word ? word : withoutHabits(plainer);
}
