import type { INestApplicationContext } from '@nestjs/common';
import { type Request, type Response, Router, json } from 'express';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { KeyStore } from '../member/files/index.js';
import { MembershipService } from '../membership/index.js';
import { EVENTS, OFFICER_ROLES, Refusal, readPublicKey, signStatement } from '../protocol/index.js';
import { ORGANISATIONS } from './organisations.js';
import { plain, seconds, YEAR_SECONDS } from './statement-values.js';

/** How many letters of a key's thumbprint name the seat that it gets. */
const NAMING = 8;

/**
 * What the console offers at a sandbox: a seat at any of its organisations, certified at once with the organisation's own key, which lies in `folder`. The
 * key of the seat is made in the browser and stays there. Only for this very machine; a hub in production has no such door.
 */
export function seatsOnOffer(app: INestApplicationContext, folder: string): Router {
  const router = Router();
  router.use((request, response, next) => {
    if (isOfThisMachine(request) && isOfItsPage(request)) next();
    else response.status(404).end();
  });
  router.get('/', (_request, response) => {
    response.json({
      organisations: ORGANISATIONS.map(({ code, officers, ...organisation }) => ({
        ...organisation,
        ...{ member: code, roles: officers.map(({ role }) => role) },
      })),
    });
  });
  router.post('/', json({ limit: '4kb' }), (request: Request, response: Response) => {
    certify(app, folder, request.body).then(
      (officer) => response.json({ officer }),
      (error: unknown) =>
        error instanceof Refusal
          ? response.status(400).json({ code: error.code, message: error.message, remedy: error.remedy })
          : response.status(500).json({ code: 'INTERNAL' }),
    );
  });
  return router;
}

async function certify(app: INestApplicationContext, folder: string, asked: unknown): Promise<string> {
  const { member, role: named, key } = typeof asked === 'object' && asked !== null ? (asked as Wish) : {};
  const organisation = ORGANISATIONS.find(({ code }) => code === member);
  const role = OFFICER_ROLES.find((known) => known === named);
  if (!organisation || !role)
    throw new Refusal('ARGUMENT_INVALID', 'There is no such seat on offer.', 'Choose one of those offered.');
  const { kid, jwk } = await readPublicKey(key);
  const { audience } = app.get<HubIdentity>(HUB_IDENTITY);
  const seat = await KeyStore.open(folder).loadMember(organisation.code);
  const officer = `desk-${kid
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, NAMING)
    .toLowerCase()}`;
  const body = { officer, role, key: plain(jwk), until: seconds() + YEAR_SECONDS };
  const statement = { issuer: organisation.code, audience, event: EVENTS.certifyOfficer, body, issuedAt: seconds() };
  await app.get(MembershipService).certifyOfficer(await signStatement(statement, seat.key));
  return officer;
}

/** What may have come; each part is checked before it is used. */
interface Wish {
  readonly member?: unknown;
  readonly role?: unknown;
  readonly key?: unknown;
}

/** Straight from this machine: what a proxy passes on may come from anywhere. */
function isOfThisMachine({ socket, headers }: Request): boolean {
  if (PASSED_ON.some((name) => name in headers)) return false;
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
}

const PASSED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** From the console itself, or from no page: another page could come by a name that it has lead here (DNS rebinding), or ask and not look at the answer. */
function isOfItsPage({ headers: { host = '', origin } }: Request): boolean {
  return HERE.test(host) && (origin === undefined || origin === `http://${host}`);
}

const HERE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
