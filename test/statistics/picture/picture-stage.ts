import type { Database } from '../../../src/database/index.js';
import { COUNTER_DATABASE } from '../../../src/statistics/counting/picture-counter.js';
import { takeIn } from '../../../src/statistics/counting/waiting-alerts.js';
import { PictureCounter } from '../../../src/statistics/index.js';
import type { MemberClient } from '../../../src/member/index.js';
import type { PictureAnswer, PictureQuestion } from '../../../src/member/documents/picture.js';
import { PICTURE } from '../../../src/member/documents/picture.js';
import type { AlertContent } from '../../../src/protocol/index.js';
import { type TestHub, testHub } from '../../support/hub.js';
import { integrated } from '../../support/integrated.js';
import { admit, caseContent, certify, connect, foundAccord, organisation } from '../../support/organisation.js';

/** Long enough that the hub counts nothing by itself. */
const NEVER = '80000';

/** A hub with two members that raise alerts and a rapporteur that counts them. */
export class PictureStage {
  private constructor(
    readonly hub: TestHub,
    readonly one: MemberClient,
    readonly other: MemberClient,
    readonly rapporteur: MemberClient,
    /** The first of the two, for another purpose. */
    readonly oneForProtection: MemberClient,
  ) {}

  static async open(environment: NodeJS.ProcessEnv = {}): Promise<PictureStage> {
    const hub = await testHub({ environment: { PICTURE_QUIET_SECONDS: NEVER, ...environment } });
    const { nl, ro } = await foundAccord(hub);
    const be = await organisation('BE', 'liaison', 'liaison', ['protection', 'monitoring']);
    await admit(hub, be, [nl, ro]);
    const [one, other, rapporteur] = await Promise.all([
      certify(hub, ro, 'desk', 'liaison'),
      certify(hub, be, 'desk', 'liaison'),
      certify(hub, nl, 'analyst', 'analyst'),
    ]);
    return new PictureStage(
      hub,
      await connect(hub, one, 'monitoring'),
      await connect(hub, other, 'monitoring'),
      await connect(hub, rapporteur, 'monitoring'),
      await connect(hub, one, 'protection'),
    );
  }

  /** Raises alerts, changed as given; their ids. */
  async raise(from: MemberClient, changes: readonly Partial<AlertContent>[]): Promise<string[]> {
    const ids: string[] = [];
    for (let at = 0; at < changes.length; at += 200) {
      const some = changes.slice(at, at + 200);
      const statements = await Promise.all(some.map((change) => from.signRaise(caseContent(change))));
      const { results } = await from.raiseMany(statements);
      for (const result of results)
        if (result.__typename === 'AlertAccepted') ids.push(result.alertId);
        else throw new Error(`an alert was refused: ${result.code} ${result.message}`);
    }
    return ids;
  }

  /** Updates an alert to what it was raised with, changed as given. */
  async update(from: MemberClient, alertId: string, change: Partial<AlertContent>): Promise<void> {
    await from.update(alertId, caseContent(change));
  }

  /** Has what was raised wait to be counted, and counts nothing. */
  async takeIn(): Promise<void> {
    await integrated(this.hub);
    await this.hub.app.get<Database>(COUNTER_DATABASE).asNobody(takeIn);
  }

  /** Has the hub count what is due in some hours; how many alerts came to be counted. */
  async count(hours = 30): Promise<number> {
    await integrated(this.hub);
    return this.hub.app.get(PictureCounter).count(new Date(Date.now() + hours * 3_600_000));
  }

  async picture(question: Partial<PictureQuestion> = {}, as: MemberClient = this.rapporteur): Promise<PictureAnswer> {
    const asked: PictureQuestion = {
      ...{ by: [], under: [], where: [], from: null, until: null, scope: 'SHARED', onDate: null, language: 'en' },
      ...question,
    };
    return (await as.query<{ picture: PictureAnswer }>(PICTURE, { ...asked })).picture;
  }

  /** The numbers of a picture by the codes of their rows; what is not shown is left out. */
  async numbers(question: Partial<PictureQuestion>, as?: MemberClient): Promise<Readonly<Record<string, number>>> {
    const { rows } = await this.picture(question, as);
    return Object.fromEntries(
      rows.flatMap(({ keys, alerts }) =>
        alerts.count === null ? [] : [[keys.map(({ code, state }) => code ?? state).join(' '), alerts.count]],
      ),
    );
  }

  close(): Promise<void> {
    return this.hub.stop();
  }
}
