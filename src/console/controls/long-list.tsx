import './long-list.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';

/** More is asked for when so few rows are left below. */
const AHEAD = 60;

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
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used in this component alone, which nothing memoises
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 84,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore();
  }, [hasMore, last, rows.length, onMore]);
  return (
    <div className="long-list" ref={frame} role="region" aria-label={label} tabIndex={0}>
      <ol style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          const key = row === undefined ? index : keyOf(row);
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={hasMore ? -1 : rows.length}
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              {row !== undefined && children(row)}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
