import { Injectable } from '@nestjs/common';
import type { Principal, Refused } from '../graphql/index.js';
import { refused } from '../graphql/index.js';
import { MemberDirectory, type MemberView } from '../membership/index.js';
import {
  addresses,
  type AlertContent,
  alertIdOf,
  decodeStatement,
  EVENTS,
  MAX_STATEMENT_LENGTH,
  parseStrictJsonObject,
  Refusal,
  splitSent,
} from '../protocol/index.js';
import type { AlertClaims } from './alert-claims.js';
import { assertAlertClaims } from './alert-schema.js';
import { endOf } from './content-rules.js';
import { Intake } from './intake.js';
import { TokenIntake } from './token-intake.js';

/** Who would see an alert, where, and until when. */
export interface AudiencePreviewView {
  readonly __typename: 'AudiencePreview';
  readonly countries: readonly { readonly country: string; readonly members: readonly MemberView[] }[];
  readonly total: number;
  readonly until: Date;
  readonly problems: readonly Refused[];
}

/** Answers before sending who would see an alert. Nothing is stored. */
@Injectable()
export class AudiencePreviews {
  constructor(
    private readonly intake: Intake,
    private readonly directory: MemberDirectory,
    private readonly tokens: TokenIntake,
  ) {}

  /** `sent` is a JWS or the JSON of its payload, with the disclosure of tokens if there is one. Throws `Refusal` when it cannot be read at all; what else is wrong is listed as problems. */
  async preview(sender: Principal, sent: string): Promise<AudiencePreviewView> {
    const { compact: statement, disclosure } = splitSent(sent);
    const claims = readUnsigned(statement);
    const content = claims.events[EVENTS.alertRaised] ?? claims.events[EVENTS.alertUpdated]?.content;
    if (!content)
      throw new Refusal(
        'WRONG_STATEMENT_TYPE',
        'A withdrawal addresses nobody.',
        'Preview what raises or updates an alert.',
        ['events'],
      );
    const problems: Refused[] = [];
    if (claims.iss !== sender.member) {
      problems.push(
        refused(
          new Refusal(
            'ISSUER_MISMATCH',
            'The statement’s issuer is not the member that sends it.',
            'Name your own member.',
            ['iss'],
          ),
        ),
      );
    }
    if (claims.aud !== this.intake.audience) {
      problems.push(
        refused(
          new Refusal(
            'WRONG_AUDIENCE',
            'The statement is addressed to another audience.',
            'Use the audience that the accord names.',
            ['aud'],
          ),
        ),
      );
    }
    const issuedAt = new Date(claims.iat * 1000);
    const path = ['events', Object.keys(claims.events)[0] ?? ''];
    await this.intake.checkContent(content, issuedAt, sender, path).catch((error: unknown) => {
      problems.push(refused(error));
    });
    await this.checkTokens(claims, content, disclosure).catch((error: unknown) => {
      problems.push(refused(error, ...path));
    });
    const { purposes, audience } = content.handling;
    const active = await this.directory.active();
    const readers = active.filter(
      (member) =>
        member.code !== sender.member &&
        addresses(audience, member) &&
        purposes.some((purpose) => member.mandate.includes(purpose)),
    );
    const countries = [...new Set(readers.map(({ country }) => country))].sort();
    return {
      __typename: 'AudiencePreview',
      countries: countries.map((country) => ({
        country,
        members: this.directory.show(
          readers.filter((member) => member.country === country),
          sender,
        ),
      })),
      total: readers.length,
      until: endOf(content.expires),
      problems,
    };
  }

  /** An update may leave the disclosure out when its tokens stay, which the update itself is held to. Throws `Refusal`. */
  private async checkTokens(claims: AlertClaims, content: AlertContent, disclosure: string | null): Promise<void> {
    const updated = claims.events[EVENTS.alertUpdated];
    const alert = updated?.alert ?? alertIdOf(claims.iss, claims.jti);
    const settle = await this.tokens.check(content, alert, disclosure, new Date(claims.iat * 1000));
    settle(updated && disclosure === null ? (content.linkage?.digest ?? null) : null);
  }
}

function readUnsigned(statement: string): AlertClaims {
  if (statement.length > MAX_STATEMENT_LENGTH) {
    throw new Refusal(
      'OVERSIZED',
      `The statement is longer than ${MAX_STATEMENT_LENGTH} characters.`,
      'Send less in one statement.',
    );
  }
  const json = statement.trimStart().startsWith('{')
    ? parseStrictJsonObject(new TextEncoder().encode(statement))
    : decodeStatement(statement).claims;
  if (!json)
    throw new Refusal(
      'NON_CANONICAL',
      'The statement is neither a JWS nor strict JSON.',
      'Give a compact JWS or the JSON of its payload.',
      ['statement'],
    );
  assertAlertClaims(json);
  return json;
}
