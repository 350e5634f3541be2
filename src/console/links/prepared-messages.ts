/**
 * Questions and answers that are ready to be sent. They go in English, so that each reader can have them in its own language: a console that knows the sentence
 * says it in the language that is spoken. They ask for nothing that the comparison does not need.
 */
export const PREPARED = {
  'question.mark': 'Does the person have a lasting mark, such as a scar or tattoo, and where?',
  'question.place': 'In which town or region did the person last live before the exploitation began?',
  'question.relatives': 'How many children and how many siblings does the person have?',
  'question.schooling': 'What schooling or trade does the person have?',
  'question.way': 'By which route and means of transport did the person travel?',
  'question.languages': 'Which languages does the person speak?',
  'answer.yes': 'Yes.',
  'answer.no': 'No.',
  'answer.unknown': 'We do not know.',
  'answer.may-not': 'We may not say that.',
} as const;

export type PreparedMessage = keyof typeof PREPARED;

/** Which of the prepared messages a text is; null when somebody wrote it. */
export function preparedOf(text: string): PreparedMessage | null {
  return preparedNames().find((name) => PREPARED[name] === text) ?? null;
}

/** The prepared messages of a kind. */
export function preparedOfKind(kind: 'question' | 'answer'): readonly PreparedMessage[] {
  return preparedNames().filter((name) => name.startsWith(`${kind}.`));
}

function preparedNames(): readonly PreparedMessage[] {
  return Object.keys(PREPARED) as PreparedMessage[]; // parsing: the keys of a constant
}
