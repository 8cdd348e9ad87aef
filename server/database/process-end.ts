const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

type Open = { stop: () => Promise<void>; abandon: () => void };

const open = new Set<Open>();

/**
 * Sees to it that a server does not outlive this process: `stop` on a signal that nobody else handles,
 * `abandon` (without waiting) on any other exit. Returns the function that takes both back.
 */
export function stopWhenProcessEnds(stop: () => Promise<void>, abandon: () => void): () => void {
  const entry = { stop, abandon };
  if (open.size === 0) {
    process.on('exit', abandonAll);
    for (const name of Object.keys(signals)) process.on(name, onSignal);
  }
  open.add(entry);
  return () => {
    open.delete(entry);
    if (open.size > 0) return;
    process.off('exit', abandonAll);
    for (const name of Object.keys(signals)) process.off(name, onSignal);
  };
}

function abandonAll(): void {
  for (const { abandon } of open) abandon();
}

function onSignal(name: keyof typeof signals): void {
  if (process.listenerCount(name) > 1) return;
  const end = () => process.exit(128 + signals[name]);
  Promise.all([...open].map(({ stop }) => stop())).then(end, end);
}
