import { z } from 'zod';
import { Day } from './paging.ts';

/** A moment to the microsecond, as books print it. */
const Moment = z.iso.datetime({ precision: 6 });

/**
 * As of which day, and as known at which moment: the one pair that figures, lists and ledgers take. Left out, it is what stands today
 * and is known now.
 */
export const AsOf = z.object({ day: Day.optional(), knownAt: Moment.optional() });

/** The moment alone, for lists that name their own days: what was known of these days then. */
export const KnownAt = AsOf.pick({ knownAt: true });
