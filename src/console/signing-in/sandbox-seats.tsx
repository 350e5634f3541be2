import { useEffect, useState, type ReactNode } from 'react';
import type { OfficerRole } from '../../protocol/membership/index.js';
import { Button, OneOf, Problem } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { sandboxOffers, takeSandboxSeat, type SandboxOffer } from '../session/sandbox-seats.js';
import { useTerm } from '../terms/index.js';
import type { SigningInWord } from './words.js';

/** In a sandbox: a seat at a made-up organisation, certified at once. At any other hub nothing. */
export function SandboxSeats(props: { readonly hasSeats: boolean; readonly onTaken: () => void }): ReactNode {
  const { say } = useWords<SigningInWord>();
  const { country } = useWritten();
  const term = useTerm();
  const [offers, setOffers] = useState<readonly SandboxOffer[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    void sandboxOffers().then(setOffers, () => undefined);
  }, []);
  if (offers.length === 0) return null;
  const seats = offers.flatMap((offer) =>
    offer.roles.map((role) => ({ ...offer, role, id: `${offer.member} ${role}` })),
  );
  const take = async (): Promise<void> => {
    setTried(true);
    const seat = seats.find(({ id }) => id === chosen);
    if (!seat) return;
    setBusy(true);
    setError(null);
    try {
      await takeSeat(seat.member, seat.role);
      props.onTaken();
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <details className="panel" open={!props.hasSeats}>
      <summary>
        <h2 className="in-summary">{say('signing-in.sandbox')}</h2>
      </summary>
      <p>{say('signing-in.sandbox.what')}</p>
      {error !== null && <Problem error={error} />}
      <OneOf
        label={say('signing-in.sandbox.which')}
        wrong={tried && chosen === null && say('signing-in.sandbox.wrong')}
        choices={seats.map((seat) => ({
          value: seat.id,
          label: `${term('role', seat.role)}, ${seat.name}`,
          hint: `${term('member-kind', seat.kind)}, ${country(seat.country)}. ${say('signing-in.sandbox.mandate', {
            purposes: seat.mandate.map((one) => term('purpose', one)).join(', '),
          })}`,
        }))}
        chosen={chosen}
        onChoose={setChosen}
      />
      <Button look={props.hasSeats ? 'plain' : 'main'} busy={busy} onClick={() => void take()}>
        {say('signing-in.sandbox.take')}
      </Button>
    </details>
  );
}

async function takeSeat(member: string, role: OfficerRole): Promise<void> {
  const { keepAs, newHeldKey } = await import('../session/new-seat.js');
  const key = await newHeldKey();
  await keepAs({ member, officer: await takeSandboxSeat(member, role, key), role }, key);
}
