import type { CountedClass } from './counted-class.js';
import type { Counted } from './piece.js';

/** Alerts of one sender that every law judges alike: by whatever verdict others are parted, these stay together. */
export interface JudgedAlerts<C extends CountedClass = CountedClass> extends Counted {
  /** The sender and the verdict under each law as numbers: equal where what they stand for is, and small. */
  readonly senderAt: number;
  readonly verdicts: readonly number[];
  readonly classes: C[];
  alerts: number;
  persons: number;
}

/** Numbers what is said of alerts, once for all the times that they are parted: it is compared more often than anything else. */
export class Judgements<C extends CountedClass> {
  private readonly senders = new Numbers();
  private readonly verdicts = new Numbers();
  private readonly combinations = new Numbers();
  private readonly known = new Map<C, { readonly combination: number; readonly verdicts: readonly number[] }>();

  /** Puts together what is of one sender and judged alike, in the order in which it comes up. */
  of(classes: readonly C[]): JudgedAlerts<C>[] {
    const found = new Map<string, JudgedAlerts<C>>();
    for (const one of classes) {
      const { combination, verdicts } = this.read(one);
      const senderAt = this.senders.of(one.sender);
      const key = `${senderAt} ${combination}`;
      const alike = found.get(key);
      if (alike) {
        alike.classes.push(one);
        alike.alerts += one.alerts;
        alike.persons += one.persons;
      } else {
        const { sender, alerts, persons } = one;
        found.set(key, { sender, alerts, persons, senderAt, verdicts, classes: [one] });
      }
    }
    return [...found.values()];
  }

  private read(one: C) {
    const known = this.known.get(one);
    if (known) return known;
    const verdicts = one.facets.law.slice(1).map((verdict) => this.verdicts.of(verdict));
    const read = { combination: this.combinations.of(verdicts.join()), verdicts };
    this.known.set(one, read);
    return read;
  }
}

/** Texts as numbers from 0. */
class Numbers {
  private readonly byText = new Map<string, number>();

  of(text: string): number {
    const known = this.byText.get(text) ?? this.byText.size;
    if (known === this.byText.size) this.byText.set(text, known);
    return known;
  }
}
