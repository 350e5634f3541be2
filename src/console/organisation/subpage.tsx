import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import type { AreaWord } from './words.js';

/** A page of the area, with the way back to what it is a part of. */
export function Subpage(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly back?: { readonly to: string; readonly name: string };
  readonly children: ReactNode;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { title, lead, back = { to: '/', name: say('organisation.title') } } = props;
  return (
    <Page title={title} lead={lead}>
      <p className="not-printed">
        <Link href={back.to}>{say('organisation.back', { name: back.name })}</Link>
      </p>
      {props.children}
    </Page>
  );
}
