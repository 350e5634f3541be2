import { useMemo, type ReactNode } from 'react';
import { useIntl } from 'react-intl';

type Value = string | number | Date;
type Rich = Value | ReactNode | ((parts: ReactNode[]) => ReactNode);

/** How an area says what it says. */
export interface Words<Id extends string> {
  /** A message as text. */
  readonly say: (id: Id, values?: Readonly<Record<string, Value>>) => string;
  /** A message with marked parts, such as `<b>…</b>`, each by its function. */
  readonly rich: (id: Id, values: Readonly<Record<string, Rich>>) => ReactNode;
  /** Whether there is a message of this id, for those made of codes that the hub may add to. */
  readonly knows: (id: string) => id is Id;
}

/** The words of an area; `Id` are the keys of its catalogue. */
export function useWords<Id extends string>(): Words<Id> {
  const intl = useIntl();
  return useMemo(
    () => ({
      say: (id, values) => intl.formatMessage({ id }, values),
      rich: (id, values) => intl.formatMessage({ id }, values as Record<string, Value>), // typed by the mark's function
      knows: (id): id is Id => id in intl.messages,
    }),
    [intl],
  );
}
