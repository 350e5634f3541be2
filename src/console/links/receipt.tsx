import { useEffect, useRef, type ReactNode } from 'react';
import type { LinkAcceptedAnswer } from '../../member/documents/index.js';
import { Button, saveFile } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import type { WaitingFor } from './waiting-for.js';
import type { AreaWord } from './words.js';

/** That the hub took a statement in, its receipt to keep, and what happens next. */
export function Receipt(props: { readonly accepted: LinkAcceptedAnswer; readonly waiting: WaitingFor }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { instant } = useWritten();
  const { jti, payloadHash, receivedAt, receipt } = props.accepted;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [jti]);
  return (
    <section className="note" ref={box} tabIndex={-1} aria-labelledby="links-receipt">
      <h2 id="links-receipt">{say('links.receipt')}</h2>
      <p>{say('links.receipt.when', { time: instant(receivedAt) })}</p>
      <p>
        <strong>{say('links.receipt.next')}</strong> {say(`links.next.${props.waiting}`)}
      </p>
      <Button
        onClick={() => {
          const kept = { jti, payloadHash, receivedAt, receipt };
          saveFile(`receipt-${receivedAt.slice(0, 10)}.json`, JSON.stringify(kept, null, 2));
        }}
      >
        {say('links.receipt.save')}
      </Button>
    </section>
  );
}
