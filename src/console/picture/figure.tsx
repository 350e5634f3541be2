import { useState, type ReactNode } from 'react';
import { Button, DataTable, saveFile, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { Chart, type ChartRoom } from './chart.js';
import { savePng, saveSvg } from './image-files.js';
import { useDrawing, type Drawing } from './load-charts.js';
import type { AreaWord } from './words.js';

/** The numbers of a figure as they are written: the first columns name a row, the others are numbers. */
export interface FigureTable {
  readonly head: readonly string[];
  /** How many columns name a row. */
  readonly names: number;
  readonly rows: readonly (readonly string[])[];
}

/** A figure: what it says, its chart, the same as a table, and what has to be known with it. */
export function Figure(props: {
  /** The finding, a sentence. */
  readonly title: string;
  /** Of the files that are made of it. */
  readonly name: string;
  readonly controls?: ReactNode;
  readonly needsWorld?: boolean;
  /** Draws the chart; null where there is nothing to draw. */
  readonly draw: ((drawing: Drawing, room: ChartRoom) => SVGSVGElement) | null;
  readonly table: FigureTable;
  readonly csv: () => string;
  readonly notes: readonly string[];
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { drawing, hasFailed } = useDrawing(props.needsWorld ?? false);
  const [asTable, setAsTable] = useState(false);
  const [imageFailed, setImageFailed] = useState(false);
  const { title, name, controls, draw, table, csv, notes } = props;
  const showsTable = asTable || draw === null || hasFailed;
  const image = (): SVGSVGElement | null =>
    draw && drawing ? drawing.charts.imageOf({ title, notes }, (width) => draw(drawing, { width, scale: 1 })) : null;
  const keep = async (how: (file: string, image: SVGSVGElement) => void | Promise<void>): Promise<void> => {
    try {
      const made = image();
      if (made) await how(name, made);
    } catch {
      setImageFailed(true);
    }
  };
  return (
    <section className="panel figure">
      <h2>{title}</h2>
      {controls && <div className="figure-controls not-printed">{controls}</div>}
      {hasFailed && <p className="note">{say('picture.figure.failed')}</p>}
      {showsTable ? (
        <Numbers caption={title} table={table} />
      ) : drawing ? (
        <Chart label={title} draw={(room) => draw(drawing, room)} />
      ) : (
        <Waiting />
      )}
      <div className="figure-files not-printed" role="group" aria-label={say('picture.figure.keep', { title })}>
        {draw && !hasFailed && (
          <Button onClick={() => setAsTable(!asTable)}>
            {say(asTable ? 'picture.figure.chart' : 'picture.figure.table')}
          </Button>
        )}
        <Button look="quiet" onClick={() => saveFile(`${name}.csv`, csv(), 'text/csv')}>
          {say('picture.figure.csv')}
        </Button>
        {draw && drawing && (
          <>
            <Button look="quiet" onClick={() => void keep(saveSvg)}>
              {say('picture.figure.svg')}
            </Button>
            <Button look="quiet" onClick={() => void keep(savePng)}>
              {say('picture.figure.png')}
            </Button>
          </>
        )}
      </div>
      {imageFailed && <p role="alert">{say('picture.figure.image-failed')}</p>}
      <ul className="figure-notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}

/** Numbers as a table. */
export function Numbers({ caption, table }: { readonly caption: string; readonly table: FigureTable }): ReactNode {
  const rows = table.rows.map((cells) => ({ cells, key: cells.slice(0, table.names).join(' ') }));
  return (
    <DataTable
      caption={caption}
      rows={rows}
      keyOf={({ key }) => key}
      columns={table.head.map((head, at) => ({
        key: String(at),
        head,
        cell: (row: (typeof rows)[number]) => row.cells[at] ?? '',
        namesRow: at === 0,
        isNumber: at >= table.names,
      }))}
    />
  );
}
