import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import * as submission from '../../../src/member/documents/alert-submission.js';
import * as alerts from '../../../src/member/documents/alerts.js';
import * as deliveries from '../../../src/member/documents/deliveries.js';
import * as definitions from '../../../src/member/documents/definitions.js';
import { ACCORD, MEMBERS, membershipMutation, OWN_OFFICERS, WHOAMI } from '../../../src/member/documents/membership.js';
import { OBLIGATIONS, obligationMutation, PERMISSIONS } from '../../../src/member/documents/obligations.js';
import { PICTURE, PICTURE_TABLE } from '../../../src/member/documents/picture.js';
import { PUBLICATIONS, PUBLISH_PICTURE } from '../../../src/member/documents/publications.js';

const folder = join('schema', 'graphql');
const schema = buildSchema(
  readdirSync(folder)
    .map((file) =>
      readFileSync(join(folder, file), 'utf8').replace(/^type Mutation$/m, 'type Mutation { none: Boolean }'),
    )
    .join('\n'),
);
const documents = {
  RAISE_ALERT: submission.RAISE_ALERT,
  RAISE_ALERTS: submission.RAISE_ALERTS,
  UPDATE_ALERT: submission.UPDATE_ALERT,
  WITHDRAW_ALERT: submission.WITHDRAW_ALERT,
  ALERTS: alerts.ALERTS,
  ALERT: alerts.ALERT,
  PREVIEW_AUDIENCE: alerts.PREVIEW_AUDIENCE,
  ACCESS_RECORDS: alerts.ACCESS_RECORDS,
  COMPARE_DEFINITIONS: definitions.COMPARE_DEFINITIONS,
  JUDGE: definitions.JUDGE,
  LAWS: definitions.LAWS,
  LAW_OF_VARIANT: definitions.LAW_OF_VARIANT,
  DELIVERIES: deliveries.DELIVERIES,
  CONFIGURE_PUSH: deliveries.CONFIGURE_PUSH,
  REMOVE_PUSH: deliveries.REMOVE_PUSH,
  REDELIVER: deliveries.REDELIVER,
  PUBLICATIONS,
  PUBLISH_PICTURE,
  ACCORD,
  MEMBERS,
  WHOAMI,
  OWN_OFFICERS,
  PICTURE,
  PICTURE_TABLE,
  OBLIGATIONS,
  PERMISSIONS,
  alertErased: obligationMutation('alertErased'),
  alertRetained: obligationMutation('alertRetained'),
  permissionAsked: obligationMutation('permissionAsked'),
  permissionGiven: obligationMutation('permissionGiven'),
  permissionRefused: obligationMutation('permissionRefused'),
  join: membershipMutation('join'),
  countersign: membershipMutation('countersign'),
  rotateKey: membershipMutation('rotateKey'),
  suspend: membershipMutation('suspend'),
  reinstate: membershipMutation('reinstate'),
  leave: membershipMutation('leave'),
  certifyOfficer: membershipMutation('certifyOfficer'),
  revokeOfficer: membershipMutation('revokeOfficer'),
};

describe('the documents that the client sends', () => {
  it.each(Object.entries(documents))('%s asks only what the SDL has', (_name, document) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });
});
