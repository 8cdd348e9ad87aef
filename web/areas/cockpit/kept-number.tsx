import { count, momentWords } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';

/** What is said of a number of the past that was not kept. */
export const notKept = '当时未留存';

/** A number, or that it was not kept. */
export function Kept({ value }: { value: number | null }) {
  return value === null ? <span className="quiet">{notKept}</span> : <strong>{count(value)}</strong>;
}

/** Of which moment findings and what waits are told. */
export function keptWords({ foundAt }: Cockpit): string {
  return foundAt === null ? '按现在的情况' : `按 ${momentWords(foundAt)} 时的情况`;
}
