import type { Command } from 'commander';
import type { Run } from './command.js';
import { addCustodianCeremony } from './custodian-ceremony.js';
import { asMemberFailure } from './custodian-failure.js';
import { addCustodianBringGrant, addCustodianGrant } from './custodian-grant.js';
import { addCustodianInit } from './custodian-init.js';
import { addCustodianPlan } from './custodian-plan.js';
import { addCustodianRefresh } from './custodian-refresh.js';
import { addCustodianServe } from './custodian-serve.js';
import { addCustodianVerifyChain } from './custodian-verify-chain.js';

/** `symbolon custodian`: for the organisations that hold the shares of the keys under which names become tokens. */
export function addCustodian(program: Command, run: Run): void {
  const custodian = program
    .command('custodian')
    .description('hold a share of the keys under which names become tokens (schema/CUSTODIANS.md)');
  const guarded: Run = (action) =>
    run(async (session, ...args) => {
      const exitCode = await asMemberFailure(async () => action(session, ...args));
      return typeof exitCode === 'number' ? exitCode : undefined;
    });
  for (const add of [
    addCustodianInit,
    addCustodianPlan,
    addCustodianCeremony,
    addCustodianServe,
    addCustodianRefresh,
    addCustodianVerifyChain,
    addCustodianGrant,
    addCustodianBringGrant,
  ])
    add(custodian, guarded);
}
