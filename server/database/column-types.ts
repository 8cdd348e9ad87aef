import pg from 'pg';

const oid = { int8: 20, date: 1082, int8Array: 1016, dateArray: 1182 } as const;

/**
 * How column values arrive: int8 as a number (an error beyond 2^53 - 1), date as 'YYYY-MM-DD', ranges as PostgreSQL writes them,
 * timestamptz as Date (milliseconds: select `::text` where the microseconds matter), the rest as `pg` does.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (type === oid.int8) return safeInteger;
      if (type === oid.date) return String;
      if (type === oid.int8Array) return (text: string) => plainArray(text).map((entry) => (entry === null ? null : safeInteger(entry)));
      if (type === oid.dateArray) return plainArray;
    }
    return format === 'binary' ? pg.types.getTypeParser(type, 'binary') : pg.types.getTypeParser(type, 'text');
    // The library declares one overload per type number; no function can be written to that type.
  }) as typeof pg.types.getTypeParser,
};

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
