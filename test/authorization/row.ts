import type { OfficerRole, Purpose, RefusalCode } from '../../src/protocol/index.js';
import type { Scene } from './scene.js';

/** A document with its variables, as it is sent. */
export interface Question {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Whose thing an operation is pointed at. */
export type Whose = 'own' | 'readable' | 'foreign' | 'unknown';

/** How a membership stands when its key signs. */
export type Standing = 'active' | 'pending' | 'suspended' | 'left';

/** Who may use one root field; what is not named may not. */
export interface Row {
  /** A subscription is asked over a stream, and its first message is the answer. */
  readonly field: `${'Query' | 'Mutation' | 'Subscription'}.${string}`;
  /** Whether somebody without a token may ask. */
  readonly strangers: boolean;
  /** The roles that may; a token of another is FORBIDDEN. */
  readonly roles: readonly OfficerRole[];
  /** The purposes a token may have; all when left out. */
  readonly purposes?: readonly Purpose[];
  /** A question that an asker who may would have answered; made anew each time, since a mutation works once. */
  ask(scene: Scene): Question | Promise<Question>;
  /** For operations that name a thing: the question about one, and what comes of it by whose it is. */
  readonly things?: {
    ask(scene: Scene, id: string): Question | Promise<Question>;
    readonly answers: Readonly<Partial<Record<Whose, 'given' | 'nothing' | RefusalCode>>>;
    /** Where a role that may ask is given less. */
    readonly except?: Readonly<Partial<Record<OfficerRole, Readonly<Partial<Record<Whose, 'nothing'>>>>>>;
  };
  /** For statements whose signature is the permission: what comes of one by how its signer stands. */
  readonly signers?: {
    sign(scene: Scene, standing: Standing): Promise<string>;
    readonly answers: Readonly<Record<Standing, 'accepted' | RefusalCode>>;
  };
}

export const ALL_ROLES: readonly OfficerRole[] = ['case-worker', 'liaison', 'analyst', 'administrator'];
