import { describe, expect, it } from '@jest/globals';
import { contentOf, hasIdentity, noAnswers, recordOf, type FlagAnswers } from '../../../src/console/flag/answers.js';
import { faultsOf, firstUnanswered, stepsFor } from '../../../src/console/flag/steps.js';
import { checkContent } from '../../../src/member/files/index.js';
import { readIdentity } from '../../../src/protocol/linkage/index.js';

const TODAY = '2026-11-30';

const whole: FlagAnswers = {
  ...noAnswers('protection'),
  ...{ consent: ['alert', 'linkage'], from: 'NL', on: '2026-05', manner: 'return/assisted-voluntary' },
  identity: {
    ...{ given: 'Arjeta', family: 'Hoxhallari', other: 'Arjetë, Hoxha', birthDate: '2003-04-17', birthCountry: 'AL' },
    ...{ birthPlace: 'Shkodër', documentType: 'passport', documentIssuer: 'AL', documentNumber: 'BC1234567' },
  },
  ...{ ageBand: 'person-age-band/21-23', gender: 'person-gender/woman', citizenships: ['AL'], origin: ['AL'] },
  ...{ exploitation: ['NL'], present: ['purpose/sexual-exploitation'], countries: ['NL'] },
};

describe('what somebody answered', () => {
  it('gives content that the schema takes, with nothing of the identity in it', () => {
    const content = checkContent(contentOf(whole, new Date('2026-11-30T10:00:00Z')));
    expect(content).toMatchObject({ kind: 'returnee', return: { from: 'NL', on: '2026-05' }, expires: '2029-11-30' });
    const text = JSON.stringify(content);
    for (const secret of ['Arjeta', 'Hoxha', '2003', 'Shkod', 'BC1234567']) expect(text).not.toContain(secret);
  });

  it('gives content that the schema takes when only what has to be is answered', () => {
    const least: FlagAnswers = {
      ...noAnswers('protection'),
      ...{ consent: ['alert'], from: 'NL', on: '2026-05', manner: 'return/unknown', countries: ['NL'] },
    };
    expect(firstUnanswered(least, TODAY)).toBeNull();
    expect(checkContent(contentOf(least, new Date()))).toMatchObject({ facts: {}, episode: {} });
  });

  it('addresses everyone only when that is chosen', () => {
    expect(contentOf(whole, new Date()).handling.audience).toEqual({ countries: ['NL'] });
    expect(contentOf({ ...whole, whom: 'everyone' }, new Date()).handling.audience).toEqual({ everyone: true });
  });
});

describe('a case', () => {
  it('is raised on no ground that nobody chose', () => {
    const open: FlagAnswers = { ...noAnswers('protection', 'case'), exploitation: ['NL'], countries: ['AL'] };
    expect(firstUnanswered(open, TODAY)).toBe('ground');
    expect(() => contentOf(open, new Date())).toThrow('No legal ground was chosen.');
    const chosen: FlagAnswers = { ...open, ground: 'public-task' };
    expect(firstUnanswered(chosen, TODAY)).toBeNull();
    expect(checkContent(contentOf(chosen, new Date())).legalBasis).toEqual({ ground: 'public-task' });
  });
});

describe('the identity', () => {
  it('is read by the normaliser, other names and the document included', () => {
    const identity = readIdentity(recordOf(whole));
    expect(identity.names).toEqual(expect.arrayContaining(['Arjeta', 'Hoxhallari', 'Arjetë', ' Hoxha']));
    expect(identity.documents).toEqual([{ type: 'passport', issuer: 'AL', number: 'BC1234567' }]);
  });

  it('is used only with the consent to it', () => {
    const refused: FlagAnswers = { ...whole, consent: ['alert'] };
    expect(hasIdentity(refused)).toBe(false);
    expect(recordOf(refused)).toBeNull();
    expect(stepsFor(refused)).not.toContain('person');
    expect(stepsFor(whole)).toContain('person');
  });
});

describe('a step', () => {
  it.each([
    ['consent', { consent: ['statistics'] }, 'alert-consent'],
    ['return', { from: '' }, 'country'],
    ['return', { on: '05-2026' }, 'month'],
    ['return', { on: '2026-13' }, 'month'],
    ['return', { on: '2026-12' }, 'future'],
    ['return', { manner: '' }, 'manner'],
    ['audience', { countries: [] }, 'countries'],
    ['audience', { purposes: [] }, 'purposes'],
    ['person', { identity: { ...whole.identity, given: '', family: ' ', other: '' } }, 'name'],
    ['person', { identity: { ...whole.identity, documentIssuer: '' } }, 'document'],
  ] as const)('%s is not left with %j', (step, change, why) => {
    const answers: FlagAnswers = { ...whole, ...change };
    expect(faultsOf(step, answers, TODAY).map((fault) => fault.why)).toEqual([why]);
    expect(firstUnanswered(answers, TODAY)).toBe(step);
    expect(faultsOf(step, whole, TODAY)).toEqual([]);
  });
});
