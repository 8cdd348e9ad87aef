import type { OutputOf } from '#contract/endpoint.ts';
import type { getCockpit } from '#contract/statistics.ts';

/** The cockpit's answer. */
export type Cockpit = OutputOf<typeof getCockpit>;
