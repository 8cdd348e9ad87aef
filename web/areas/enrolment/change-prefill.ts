import type { OutputOf } from '#contract/endpoint.ts';
import type { takeDifference } from '#contract/registry-check.ts';

/** What a proposal fills the form of a change with. */
export type Prefill = OutputOf<typeof takeDifference>;

let waiting: Prefill | null = null;

/** Keeps what the next form of a change is filled with, in memory alone: it may name a child and his number, which no address may hold. */
export function fillNext(prefill: Prefill): void {
  waiting = prefill;
}

/** What the form that opens now is filled with; null when nobody took a proposal. */
export function takePrefill(): Prefill | null {
  const taken = waiting;
  waiting = null;
  return taken;
}
