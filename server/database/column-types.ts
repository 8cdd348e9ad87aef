import pg from 'pg';

const parsers = new Map<number, (text: string) => unknown>([
  [20, safeInteger], // int8
  [1082, String], // date
  [1016, (text) => plainArray(text).map((entry) => (entry === null ? null : safeInteger(entry)))], // int8[]
  [1182, plainArray], // date[]
]);

/**
 * How column values arrive: int8 as a number (an error beyond 2^53 - 1), date as 'YYYY-MM-DD', ranges as PostgreSQL writes them,
 * timestamptz as Date (milliseconds: select `::text` where the microseconds matter), the rest as `pg` does.
 */
export const columnTypes: pg.CustomTypesConfig = {
  // The library declares a signature per type number and format; no function can be written to that type.
  getTypeParser: parserFor as typeof pg.types.getTypeParser,
};

function parserFor(type: number, format: 'text' | 'binary' = 'text'): (text: string) => unknown {
  const own = format === 'text' ? parsers.get(type) : undefined;
  // as: the library numbers its types by an enumeration and hands every other number through as text.
  const parse = pg.types.getTypeParser as (type: number, format: string) => (text: string) => unknown;
  return own ?? parse(type, format);
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 out of the safe range: ${text}`);
  return value;
}

function plainArray(text: string): (string | null)[] {
  // An unquoted NULL is an absent element; dates and integers are never quoted and hold no commas.
  const body = text.slice(1, -1);
  return body === '' ? [] : body.split(',').map((entry) => (entry === 'NULL' ? null : entry));
}
