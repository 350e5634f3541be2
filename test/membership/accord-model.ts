import type { MemberState } from '../../src/protocol/index.js';

/** A step of a story among members, each by its place in the list. */
export type Step =
  | { readonly does: 'join' | 'leave' | 'rotateKey'; readonly who: number }
  | {
      readonly does: Decision;
      readonly who: number;
      readonly about: number;
      readonly with: 'present key' | 'first key';
    }
  | { readonly does: 'countersign another join'; readonly who: number; readonly about: number }
  | { readonly does: 'send again'; readonly back: number };

export type Decision = 'countersign' | 'suspend' | 'reinstate';

interface ModelMember {
  readonly country: string;
  state: MemberState | 'unknown';
  rotated: boolean;
  /** Who has spoken in the matter that is being decided about it. */
  voices: number[];
}

/** What each decision begins and ends with. */
const DECISIONS: Readonly<Record<Decision, readonly [MemberState, MemberState]>> = {
  countersign: ['pending', 'active'],
  suspend: ['active', 'suspended'],
  reinstate: ['suspended', 'active'],
};

/** The membership rules of PROTOCOL.md, written down once more and in the plainest way. */
export class AccordModel {
  readonly members: readonly ModelMember[];

  constructor(countries: readonly string[]) {
    this.members = countries.map((country) => ({ country, state: 'unknown', rotated: false, voices: [] }));
  }

  get states(): string[] {
    return this.members.map(({ state }) => state);
  }

  /** The first members are admitted in one act (M3). */
  found(founders: readonly number[]): void {
    for (const founder of founders) this.at(founder).state = 'active';
  }

  /** Whether the hub has to accept this step, which then is done here. Not for what is sent again. */
  take(step: Exclude<Step, { does: 'send again' }>): boolean {
    const who = this.at(step.who);
    switch (step.does) {
      case 'join':
        if (who.state !== 'unknown') return false;
        who.state = 'pending';
        return true;
      case 'leave':
        if (who.state === 'unknown' || who.state === 'left') return false;
        who.state = 'left';
        who.voices = [];
        return true;
      case 'rotateKey':
        if (who.state !== 'active') return false;
        who.rotated = true;
        return true;
      case 'countersign another join':
        return false;
      case 'countersign':
      case 'suspend':
      case 'reinstate':
        return (step.with === 'present key' || !who.rotated) && this.decide(step.does, step.who, this.at(step.about));
    }
  }

  private decide(decision: Decision, voter: number, subject: ModelMember): boolean {
    const [from, to] = DECISIONS[decision];
    const { state, country } = this.at(voter);
    if (state !== 'active' || subject.state !== from || country === subject.country) return false;
    // A voice counts while the member behind it is active (M6).
    const counted = subject.voices.filter((voice) => this.at(voice).state === 'active');
    if (counted.some((voice) => this.at(voice).country === country)) return false;
    subject.voices = [...counted, voter];
    if (subject.voices.length < 2) return true;
    subject.state = to;
    subject.voices = [];
    return true;
  }

  private at(place: number): ModelMember {
    const member = this.members[place];
    if (!member) throw new Error('nobody is at this place');
    return member;
  }
}
