import { useEffect, useRef, type ReactNode } from 'react';

/** One page: its title is the heading, the title of the tab, and what a screen reader hears first. It says nothing about a person. */
export function Page(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { title, lead, children } = props;
  useEffect(() => {
    document.title = `${title} – Symbolon`;
    heading.current?.focus();
  }, [title]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </>
  );
}
