import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkAnswer } from '../../member/documents/index.js';
import { Page, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useIdInFragment } from '../shell/index.js';
import { linkIn } from './link-in-fragment.js';
import { useLink } from './use-link.js';
import type { AreaWord } from './words.js';

/** Shows a page about the link that the address names, once it is here. */
export function LinkLoader(props: {
  readonly title: string;
  readonly children: (link: LinkAnswer) => ReactNode;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const id = useIdInFragment(linkIn);
  if (id !== null) return <Loaded key={id} id={id} {...props} />;
  return (
    <Page title={props.title}>
      <p>{say('links.none-named')}</p>
      <ToList />
    </Page>
  );
}

function Loaded(props: {
  readonly id: string;
  readonly title: string;
  readonly children: (link: LinkAnswer) => ReactNode;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { data, error, refetch } = useLink(props.id);
  if (data)
    return (
      <>
        {error && <Problem error={error} safe={say('links.safe')} onAgain={() => void refetch()} />}
        {props.children(data)}
      </>
    );
  return (
    <Page title={props.title}>
      {error ? <Problem error={error} safe={say('links.safe')} onAgain={() => void refetch()} /> : <Waiting />}
      {error && <ToList />}
    </Page>
  );
}

function ToList(): ReactNode {
  const { say } = useWords<AreaWord>();
  return (
    <p>
      <Link href="/">{say('links.to-list')}</Link>
    </p>
  );
}
