import type { z } from 'zod';
import type { LeaveRow } from '#contract/attendance-leaves.ts';
import type { CorrectionRow, getRollCall } from '#contract/attendance.ts';
import type { OutputOf } from '#contract/endpoint.ts';

/** A class on one half-day as the page knows it. */
export type RollCall = OutputOf<typeof getRollCall>;
/** A pupil of it. */
export type Pupil = RollCall['pupils'][number];
/** A leave as lists have it. */
export type Leave = z.output<typeof LeaveRow>;
/** A correction as lists have it. */
export type Correction = z.output<typeof CorrectionRow>;
