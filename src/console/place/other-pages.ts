/** What the pages of this browser tell each other: that everybody leaves, or that a seat is forgotten. */
const CHANNEL = 'symbolon';

/** Ends the sessions of all other pages of this browser. */
export function endEverywhereElse(): void {
  tell(null);
}

/** Ends those of one seat. */
export function endElsewhere(seat: string): void {
  tell(seat);
}

/** Hears when the session of `seat` is to end because of another page; gives back what stops the hearing. */
export function onEndElsewhere(seat: string | null, onEnd: () => void): () => void {
  if (seat === null) return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === null || data === seat) onEnd();
  });
  return () => {
    channel.close();
  };
}

function tell(seat: string | null): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(seat);
  channel.close();
}
