import { hasIdentity, mayBeLinked, type FlagAnswers } from './answers.js';

/** The questions in their order, one a page; each by the last part of its address. */
export const STEPS = [
  ...(['consent', 'ground', 'person', 'return', 'episode'] as const),
  ...(['about', 'happened', 'wishes', 'audience', 'check'] as const),
] as const;

/** What is asked for one kind alone. */
const ASKED_FOR: Readonly<Partial<Record<Step, FlagAnswers['kind']>>> = {
  ...{ consent: 'returnee', return: 'returnee', wishes: 'returnee' },
  ...{ ground: 'case', episode: 'case' },
};
export type Step = (typeof STEPS)[number];

/** What is wrong with an answer: the field, and why by a code that has words. */
export interface Fault {
  readonly field: string;
  readonly why:
    | 'alert-consent'
    | 'ground'
    | 'date'
    | 'country'
    | 'month'
    | 'future'
    | 'manner'
    | 'countries'
    | 'purposes'
    | 'name'
    | 'document';
}

/** The steps that are asked: who the person is only when its records may be linked. */
export function stepsFor(answers: FlagAnswers): readonly Step[] {
  return STEPS.filter(
    (step) => (ASKED_FOR[step] ?? answers.kind) === answers.kind && (step !== 'person' || mayBeLinked(answers)),
  );
}

/** What keeps a step from being left towards the next one. `today` is `2026-11-30`. */
export function faultsOf(step: Step, answers: FlagAnswers, today: string): readonly Fault[] {
  const faults: Fault[] = [];
  const expect = (holds: boolean, field: string, why: Fault['why']): void => {
    if (!holds) faults.push({ field, why });
  };
  switch (step) {
    case 'consent':
      expect(answers.consent.includes('alert'), 'consent', 'alert-consent');
      break;
    case 'ground':
      expect(answers.ground !== null, 'ground', 'ground');
      expect(answers.ground !== 'consent' || answers.consent.includes('alert'), 'consent', 'alert-consent');
      break;
    case 'episode':
      for (const field of ['start', 'end'] as const) {
        if (!/^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$/.test(answers[field]))
          expect(false, field, 'date');
        else expect(answers[field] <= today, field, 'future');
      }
      expect(answers.exploitation.length > 0, 'exploitation', 'country');
      break;
    case 'person': {
      const { given, family, other, documentType, documentIssuer, documentNumber } = answers.identity;
      if (!hasIdentity(answers)) break;
      expect(`${given}${family}${other}`.trim() !== '', 'given', 'name');
      const parts = [documentType, documentIssuer, documentNumber].filter((part) => part.trim() !== '').length;
      expect(parts === 0 || parts === 3, 'documentNumber', 'document');
      break;
    }
    case 'return':
      expect(answers.from !== '', 'from', 'country');
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(answers.on)) expect(false, 'on', 'month');
      else expect(answers.on <= today.slice(0, 7), 'on', 'future');
      expect(answers.manner !== '', 'manner', 'manner');
      break;
    case 'audience':
      expect(answers.whom === 'everyone' || answers.countries.length > 0, 'countries', 'countries');
      expect(answers.purposes.length > 0, 'purposes', 'purposes');
      break;
    case 'about':
    case 'happened':
    case 'wishes':
    case 'check':
      break;
  }
  return faults;
}

/** The first step that cannot be left yet; null when all can be signed. */
export function firstUnanswered(answers: FlagAnswers, today: string): Step | null {
  return stepsFor(answers).find((step) => faultsOf(step, answers, today).length > 0) ?? null;
}
