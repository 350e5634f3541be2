import { join } from 'node:path';
import { decodeCanonicalBase64url, encodeBase64url } from '../protocol/index.js';
import { eachClass, type ByClass, type Fault, type FaultKind, type Polynomials } from '../protocol/custodian/index.js';
import type { Ristretto, Scalar } from '../protocol/oprf/index.js';
import { CustodianError } from './custodian-error.js';
import type { OpenFolder } from './custodian-folder.js';
import { findText, writeDurably } from './durable-file.js';
import { isRecord, openText, sealText } from './sealed-text.js';

/** What a custodian came to in a ceremony and signed: from then on it comes to nothing else. */
export interface SignedOutcome {
  /** Its signature under the description. */
  readonly own: string;
  readonly shares: ByClass<Scalar>;
  readonly faults: readonly Fault[];
}

/** What a custodian keeps of a ceremony: first what it drew, then, in its place, what it signed. */
export type CeremonyNote =
  | { readonly kind: 'drawn'; readonly polynomials: Polynomials }
  | { readonly kind: 'signed'; readonly outcome: SignedOutcome };

const FAULTS: readonly FaultKind[] = ['commitments-changed', 'commitment-invalid', 'share-wrong', 'no-answer'];

/** The one file that a custodian keeps of a ceremony, sealed. Each state replaces the one before whole; at the end nothing secret is left. */
export class CeremonyNotes {
  constructor(
    private readonly folder: OpenFolder,
    private readonly ceremony: string,
  ) {}

  /** Whether the ceremony is over. */
  async areOver(): Promise<boolean> {
    const file: unknown = JSON.parse((await findText(this.path)) ?? 'null');
    return isRecord(file) && file['over'] === true;
  }

  /** What is kept; null before anything was drawn. Throws `CustodianError` EXISTS when the ceremony is over, WRONG_PASSPHRASE, BROKEN_STATE. */
  async read(): Promise<CeremonyNote | null> {
    const { group, passphrase } = this.folder;
    const text = await findText(this.path);
    if (text === null) return null;
    const file: unknown = JSON.parse(text);
    if (isRecord(file) && file['over'] === true)
      throw new CustodianError('EXISTS', 'This ceremony is over.', 'Its epoch is served; make a new plan for another.');
    const signed = isRecord(file) ? file['signed'] : undefined;
    if (signed !== undefined)
      return { kind: 'signed', outcome: readOutcome(group, await openText(signed, passphrase, this.purposes.signed)) };
    return {
      kind: 'drawn',
      polynomials: readPolynomials(group, await openText(file, passphrase, this.purposes.drawn)),
    };
  }

  async keepDrawn(polynomials: Polynomials): Promise<void> {
    const written = JSON.stringify(eachClass((keyClass) => polynomials[keyClass].map(encodeBase64url)));
    await this.write(await sealText(written, this.folder.passphrase, this.purposes.drawn));
  }

  async keepSigned({ own, shares, faults }: SignedOutcome): Promise<void> {
    const written = JSON.stringify({ own, faults, shares: eachClass((keyClass) => encodeBase64url(shares[keyClass])) });
    await this.write({ signed: await sealText(written, this.folder.passphrase, this.purposes.signed) });
  }

  async end(): Promise<void> {
    await this.write({ over: true });
  }

  private get path(): string {
    return join(this.folder.paths.drawn, `${this.ceremony}.json`);
  }

  private get purposes(): { readonly drawn: string; readonly signed: string } {
    return { drawn: `symbolon polynomials ${this.ceremony}`, signed: `symbolon outcome ${this.ceremony}` };
  }

  private write(file: object): Promise<void> {
    return writeDurably(this.path, `${JSON.stringify(file)}\n`);
  }
}

function readPolynomials(group: Ristretto, text: string): Polynomials {
  const written: unknown = JSON.parse(text);
  return eachClass((keyClass) => {
    const list = isRecord(written) ? written[keyClass] : null;
    if (!Array.isArray(list) || list.length === 0) throw spoilt();
    return list.map((one) => readScalar(group, one));
  });
}

function readOutcome(group: Ristretto, text: string): SignedOutcome {
  const written: unknown = JSON.parse(text);
  if (!isRecord(written)) throw spoilt();
  const { own, shares, faults } = written;
  if (typeof own !== 'string' || !isRecord(shares) || !Array.isArray(faults)) throw spoilt();
  return { own, shares: eachClass((keyClass) => readScalar(group, shares[keyClass])), faults: faults.map(readFault) };
}

function readScalar(group: Ristretto, value: unknown): Scalar {
  const scalar = typeof value === 'string' ? decodeCanonicalBase64url(value) : null;
  if (!scalar || !group.isScalar(scalar)) throw spoilt();
  return scalar;
}

function readFault(value: unknown): Fault {
  const kind = isRecord(value) ? FAULTS.find((known) => known === value['kind']) : undefined;
  if (!isRecord(value) || !kind || typeof value['custodian'] !== 'string') throw spoilt();
  return { custodian: value['custodian'], kind };
}

function spoilt(): CustodianError {
  return new CustodianError('BROKEN_STATE', 'What was kept of this ceremony is spoilt.', 'Make a new plan.');
}
