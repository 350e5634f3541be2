import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../database/index.js';

/** The accord's deadlines, in days after an alert's end. */
export interface Terms {
  /** By when recipients answer for what they hold. */
  readonly answerDays: number;
  /** After how many the hub erases the content; not fewer than `answerDays`. */
  readonly erasureDays: number;
}

/** The injection token of `Terms`. */
export const TERMS = Symbol('TERMS');

const WRITE = `UPDATE accord_term SET answer_days = $1, erasure_days = $2 WHERE answer_days <> $1 OR erasure_days <> $2`;

/** Writes the terms where the database finds them: obligations come to be there, whoever ends an alert. All nodes of a hub are to have the same. */
@Injectable()
export class TermsWriter implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    @Inject(TERMS) private readonly terms: Terms,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.query(WRITE, [this.terms.answerDays, this.terms.erasureDays]);
  }
}
