import type { CountedClass } from './counted-class.js';
import type { JudgedAlerts } from './judged-alerts.js';
import { alertsIn, type Counted } from './piece.js';
import { safeParts } from './safe-to-show.js';

/** Of more kinds of alerts than this it does not matter by which law they are parted first: they are by all in the end. */
const MANY = 500;

type Judged<C extends CountedClass> = readonly JudgedAlerts<C>[];

/** Alerts of one sender that agree under one law: to parting by this law they are one. */
interface Agreeing extends Counted {
  readonly verdict: number;
  alerts: number;
  persons: number;
  /** In which part they come to be. */
  part: number;
}

/** What parting by one law would make. */
interface Parting {
  readonly law: number;
  readonly parts: number;
  /** By sender and verdict. */
  readonly agreeing: readonly (Agreeing | undefined)[];
  /** How many alerts are in parts that agree under the law. */
  readonly alike: number;
}

/** Parts alerts by one law after the other, first by that after which most of them are alike, until no law parts them safely. */
export function verdictParts<C extends CountedClass>(judged: Judged<C>, threshold: number): (readonly C[])[] {
  const done: (readonly C[])[] = [];
  const waiting = [{ judged, laws: Array.from(judged[0]?.verdicts ?? [], (_, law) => law) }];
  for (let piece = waiting.pop(); piece; piece = waiting.pop()) {
    const { judged: alerts, laws } = piece;
    const open = laws.filter((law) => !agree(alerts, law));
    const parts = bestParts(alerts, open, threshold);
    if (parts) for (const part of parts) waiting.push({ judged: part, laws: open });
    else done.push(alerts.flatMap(({ classes }) => classes));
  }
  return done;
}

/** The safe parts after which most alerts are alike under most laws; null when there are none. */
function bestParts<C extends CountedClass>(
  judged: Judged<C>,
  laws: readonly number[],
  threshold: number,
): Judged<C>[] | null {
  const senders = judged.reduce((most, { senderAt }) => Math.max(most, senderAt + 1), 0);
  let best: { readonly alike: number; readonly parts: () => Judged<C>[] } | null = null;
  for (const law of laws) {
    const parting = partingBy(law, judged, senders, threshold);
    if (parting.parts < 2) continue;
    const parts = judged.length > MANY ? null : partsOf(judged, parting, senders);
    const alike = parts ? likeness(parts, laws) : parting.alike;
    if (alike > (best?.alike ?? 0)) best = { alike, parts: () => parts ?? partsOf(judged, parting, senders) };
  }
  return best?.parts() ?? null;
}

function partingBy<C extends CountedClass>(
  law: number,
  judged: Judged<C>,
  senders: number,
  threshold: number,
): Parting {
  const agreeing: (Agreeing | undefined)[] = [];
  const all: Agreeing[] = [];
  for (const one of judged) {
    const verdict = one.verdicts[law] ?? 0;
    const known = agreeing[verdict * senders + one.senderAt];
    if (known) {
      known.alerts += one.alerts;
      known.persons += one.persons;
    } else {
      const { sender, alerts, persons } = one;
      const first = { sender, alerts, persons, verdict, part: 0 };
      agreeing[verdict * senders + one.senderAt] = first;
      all.push(first);
    }
  }
  const { shown, others } = safeParts(all, ({ verdict }) => verdict, threshold);
  const parts = others.length === 0 ? shown : [...shown, others];
  for (const [part, members] of parts.entries()) for (const one of members) one.part = part;
  const alike = parts.filter((part) => part.every(({ verdict }) => verdict === part[0]?.verdict));
  return { law, parts: parts.length, agreeing, alike: alike.reduce((sum, part) => sum + alertsIn(part), 0) };
}

function partsOf<C extends CountedClass>(judged: Judged<C>, parting: Parting, senders: number): Judged<C>[] {
  const parts = Array.from({ length: parting.parts }, (): JudgedAlerts<C>[] => []);
  for (const one of judged) {
    const at = (one.verdicts[parting.law] ?? 0) * senders + one.senderAt;
    parts[parting.agreeing[at]?.part ?? 0]?.push(one);
  }
  return parts;
}

/** Under how many laws how many alerts are like all in their part. */
function likeness<C extends CountedClass>(parts: readonly Judged<C>[], laws: readonly number[]): number {
  return parts.reduce((sum, part) => sum + alertsIn(part) * laws.filter((law) => agree(part, law)).length, 0);
}

function agree<C extends CountedClass>(judged: Judged<C>, law: number): boolean {
  const verdict = judged[0]?.verdicts[law];
  return judged.every(({ verdicts }) => verdicts[law] === verdict);
}
