/** A figure beside its floor, measured in turn in the same run. */
export interface Paired {
  readonly name: string;
  /** What is asked of the ratio. */
  readonly wanted: string;
  /** Operations a second, median of the rounds. */
  readonly ours: number;
  readonly floor: number;
  /** Median of the ratios of each round. */
  readonly ratio: number;
}

/** Runs two pieces of work in turn, A B A B; each gives how many operations it did. */
export async function paired(
  { name, wanted }: Pick<Paired, 'name' | 'wanted'>,
  rounds: number,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<Paired> {
  const rates: { ours: number; floor: number }[] = [];
  await ours();
  await floor();
  for (let round = 0; round < rounds; round++) rates.push({ ours: await rate(ours), floor: await rate(floor) });
  return {
    ...{ name, wanted },
    ours: median(rates.map((one) => one.ours)),
    floor: median(rates.map((one) => one.floor)),
    ratio: median(rates.map((one) => one.ours / one.floor)),
  };
}

async function rate(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const done = await work();
  return (done / (performance.now() - start)) * 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Prints a figure with what is asked of its ratio. */
export function print({ name, wanted, ours, floor, ratio }: Paired): void {
  const figure = (value: number) => value.toFixed(0).padStart(8);
  process.stdout.write(
    `${name.padEnd(66)} ${figure(ours)}/s   floor ${figure(floor)}/s   ratio ${ratio.toFixed(2)}   wanted ${wanted}\n`,
  );
}
