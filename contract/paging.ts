import { z } from 'zod';

/** Page and size as they stand in the address; size at most 200. */
export const Paging = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of rows with the whole count. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), total: z.number().int(), page: z.number().int(), size: z.number().int() });
}

/** A day, `YYYY-MM-DD`. */
export const Day = z.iso.date();
/** An id chosen by server or phone. */
export const Id = z.uuid();
