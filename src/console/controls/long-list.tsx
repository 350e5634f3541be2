import './long-list.css';
import { createContext, use, useEffect, useRef, type ReactNode } from 'react';
import { Virtualizer, type CustomItemComponentProps, type VirtualizerHandle } from 'virtua';

/** More is asked for when so few rows are left below. */
const AHEAD = 60;
/** What is in the page above and below the rows in sight, in pixels. */
const AROUND = 800;

/** How many rows there are in all; -1 while that is not known. */
const SetSize = createContext(-1);

/** A list of any length in a frame of its own: only the rows in sight, and some around them, are in the page. */
export function LongRows<Row>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly children: (row: Row) => ReactNode;
}): ReactNode {
  const { label, rows, keyOf, hasMore, onMore, children } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const look = (): void => {
    const shown = virtual.current;
    if (!shown || !hasMore) return;
    const last = shown.findItemIndex(shown.scrollOffset + shown.viewportSize);
    if (last >= rows.length - AHEAD) onMore();
  };
  useEffect(look);
  return (
    <div className="long-list" ref={frame} role="region" aria-label={label} tabIndex={0}>
      <SetSize value={hasMore ? -1 : rows.length}>
        <Virtualizer
          ref={virtual}
          as="ol"
          item={Item}
          data={rows}
          bufferSize={AROUND}
          scrollRef={frame}
          onScroll={look}
        >
          {(row) => (
            // What measures the rows leaves the padding of an item out, so it stands inside.
            <div key={keyOf(row)} className="long-list-row">
              {children(row)}
            </div>
          )}
        </Virtualizer>
      </SetSize>
    </div>
  );
}

function Item({ style, index, children, ref }: CustomItemComponentProps): ReactNode {
  return (
    <li ref={ref} style={style} aria-posinset={index + 1} aria-setsize={use(SetSize)}>
      {children}
    </li>
  );
}
