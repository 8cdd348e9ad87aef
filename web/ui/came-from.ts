/** From which list of the past something was opened: its address, and of when it is in words. */
export interface CameFrom {
  href: string;
  words: string;
}

let carried: CameFrom | null = null;

/** Lets what is opened within this turn know from which list of the past it is opened. */
export function carry(from: CameFrom): void {
  carried = from;
  setTimeout(() => {
    carried = null;
  }, 0);
}

/** What was carried, once. */
export function takeCarried(): CameFrom | null {
  const from = carried;
  carried = null;
  return from;
}

/** Reads it from the state that the browser keeps with an address; null where there is none. */
export function cameFromIn(state: unknown): CameFrom | null {
  if (typeof state !== 'object' || state === null || !('cameFrom' in state)) return null;
  const { cameFrom } = state;
  if (typeof cameFrom !== 'object' || cameFrom === null || !('href' in cameFrom) || !('words' in cameFrom)) return null;
  const { href, words } = cameFrom;
  return typeof href === 'string' && href.startsWith('/') && typeof words === 'string' ? { href, words } : null;
}

/** Whether an address shows the past itself: it names the moment, or the day under which a list stands. */
export function showsThePast(search: string): boolean {
  const asked = new URLSearchParams(search);
  return asked.has('knownAt') || asked.has('day');
}
