import type { Principal } from './principal.js';

/** How many places of one kind there are on a node. */
export interface PlaceLimits {
  readonly perOfficer: number;
  readonly perMember: number;
  readonly perNode: number;
}

/** Places of one kind on this node: no officer, no member and not all together take more than they may. */
export class Places {
  private readonly counts = new Map<string, number>();
  private taken = 0;

  constructor(private readonly limits: PlaceLimits) {}

  /** Whose places are all taken, so that there is none for the asker: its own, or those of all. Null when there is one. */
  full(asker: Principal): 'own' | 'all' | null {
    const { perNode, perMember, perOfficer } = this.limits;
    if (this.taken >= perNode) return 'all';
    const isFull = this.count(memberOf(asker)) >= perMember || this.count(officerOf(asker)) >= perOfficer;
    return isFull ? 'own' : null;
  }

  /** Takes a place, whether or not there is one; what is given back leaves it, once. */
  take(asker: Principal): () => void {
    this.move(asker, 1);
    let isLeft = false;
    return () => {
      if (!isLeft) this.move(asker, -1);
      isLeft = true;
    };
  }

  private count(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  private move(asker: Principal, by: 1 | -1): void {
    this.taken += by;
    for (const name of [memberOf(asker), officerOf(asker)]) {
      const count = this.count(name) + by;
      if (count > 0) this.counts.set(name, count);
      else this.counts.delete(name);
    }
  }
}

function memberOf({ member }: Principal): string {
  return member;
}

function officerOf({ member, officer }: Principal): string {
  return `${member}/${officer}`;
}
