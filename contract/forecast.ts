import { z } from 'zod';
import { Day } from './paging.ts';

/** A figure as it is expected at the year's end, with its range, how it was found, and what it lacks to its target. */
export const Forecast = z.object({
  /** The last day of the year. */
  to: Day,
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  target: z.number(),
  reaches: z.boolean(),
  /** Whether even the low end of the range comes to the target. */
  certain: z.boolean(),
  /** How many children more must be kept or placed for the target. */
  short: z.number().int(),
  method: z.string(),
});

/** A school by which the target is reached or missed. */
export const DecidingSchool = z.object({
  name: z.string(),
  /** As forecast for the year's end. */
  expected: z.number(),
  allowed: z.number().int(),
  /** More than the target allows, by the year's end. */
  short: z.number().int(),
  /** Whether the target is reached only with this school. */
  decides: z.boolean(),
});
