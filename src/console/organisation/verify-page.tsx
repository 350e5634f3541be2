import { useState, type ReactNode } from 'react';
import { Button, Buttons, Facts, FileField, TextArea } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useSession } from '../session/index.js';
import { givenProof } from './given-proof.js';
import { LogProblem } from './log-problem.js';
import { ReceiptHolds } from './receipt-holds.js';
import { Subpage } from './subpage.js';
import { verifyGiven, type VerifiedProof } from './verify-given.js';
import type { AreaWord } from './words.js';

/** Verifies a receipt, a signed statement or evidence in this browser, and says in words what holds. */
export function VerifyPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const session = useSession();
  const [given, setGiven] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [verified, setVerified] = useState<VerifiedProof | null>(null);
  const change = (text: string): void => {
    setGiven(text);
    setVerified(null);
    setError(null);
    setUnknown(false);
  };
  const verify = async (): Promise<void> => {
    const proof = givenProof(given);
    setVerified(null);
    setError(null);
    setUnknown(proof.kind === 'unknown');
    if (proof.kind === 'unknown') return;
    setBusy(true);
    try {
      setVerified(await verifyGiven(proof, session));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <Subpage title={say('organisation.verify')} lead={say('organisation.verify.lead')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void verify();
        }}
      >
        <FileField
          label={say('organisation.verify.file')}
          hint={say('organisation.verify.file.hint')}
          onFile={(file) => change(file?.text ?? '')}
        />
        <TextArea
          label={say('organisation.verify.text')}
          wrong={isUnknown && say('organisation.verify.unknown')}
          value={given}
          onText={change}
          spellCheck={false}
        />
        <Buttons>
          <Button type="submit" look="main" busy={busy}>
            {say('organisation.verify.do')}
          </Button>
        </Buttons>
      </form>
      <div role="status" className="holds">
        {verified && <Holds verified={verified} />}
      </div>
      {error !== null && <LogProblem error={error} />}
    </Subpage>
  );
}

function Holds({ verified }: { readonly verified: VerifiedProof }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { instant, number, list } = useWritten();
  const written = (seconds: number): string => instant(new Date(seconds * 1000).toISOString());
  switch (verified.kind) {
    case 'receipt':
      return <ReceiptHolds receipt={verified.receipt} />;
    case 'statement':
      return (
        <>
          <h2>{say('organisation.holds.statement')}</h2>
          <p>{say('organisation.holds.statement.what', { member: verified.owner })}</p>
          <Facts
            facts={[
              [say('organisation.statement.at'), written(verified.issuedAt)],
              [say('organisation.holds.event'), <code key="event">{verified.event}</code>],
              [say('organisation.statement.hash'), <code key="hash">{verified.payloadHash}</code>],
            ]}
          />
        </>
      );
    case 'bundle': {
      const { proven } = verified;
      return (
        <>
          <h2>{say('organisation.holds.bundle')}</h2>
          <p>
            {say('organisation.holds.bundle.what', {
              ...{ member: proven.issuer, index: number(proven.index), size: number(proven.head.size) },
            })}
          </p>
          <Facts
            facts={[
              [say('organisation.officer'), proven.officer && <code key="officer">{proven.officer.code}</code>],
              [say('organisation.holds.received'), instant(proven.receivedAt)],
              [say('organisation.log.signed'), written(proven.head.issuedAt)],
              [
                say('organisation.holds.vouched'),
                proven.vouchedBy.length === 0 ? say('organisation.holds.founder') : list(proven.vouchedBy),
              ],
              [say('organisation.holds.witnesses'), proven.witnesses.length > 0 ? list(proven.witnesses) : null],
              [say('organisation.statement.hash'), <code key="hash">{proven.payloadHash}</code>],
            ]}
          />
        </>
      );
    }
  }
}
