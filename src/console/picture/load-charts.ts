import { useEffect, useState } from 'react';
import type * as Charts from './charts/index.js';

/** The drawing of figures, with the map when it is needed. */
export interface Drawing {
  readonly charts: typeof Charts;
  readonly world: Charts.World | null;
}

/** Loads what draws; null until it is here. What fails is an error, and tables do without. */
export function useDrawing(needsWorld: boolean): { readonly drawing: Drawing | null; readonly hasFailed: boolean } {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    let isWanted = true;
    const load = async (): Promise<void> => {
      const charts = await import('./charts/index.js');
      const world = needsWorld ? await charts.loadWorld() : null;
      if (isWanted) setDrawing({ charts, world });
    };
    load().catch(() => {
      if (isWanted) setHasFailed(true);
    });
    return () => {
      isWanted = false;
    };
  }, [needsWorld]);
  return { drawing, hasFailed };
}
