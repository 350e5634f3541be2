import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Room for a chart, and how much larger than usual text is wished. */
export interface ChartRoom {
  readonly width: number;
  readonly scale: number;
}

/** A chart as wide as there is room. For a screen reader it is one image; the table beside it has the numbers. */
export function Chart(props: { readonly label: string; readonly draw: (room: ChartRoom) => SVGSVGElement }): ReactNode {
  const { label, draw } = props;
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<ChartRoom | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      if (width > 0) setRoom((last) => (last?.width === width && last.scale === scale ? last : { width, scale }));
    });
    if (box.current) observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    if (room) box.current?.replaceChildren(draw(room));
  }, [draw, room]);
  return <div className="chart" role="img" aria-label={label} ref={box} />;
}
