import type { FieldIssue } from '#domain/basics/failure.ts';

/** Deeper than any input of the contract; what is deeper is refused by its schema. */
const deepest = 12;

/** What was sent without what neither the database nor a file holds: the character NUL, and halves of characters, which become �. */
export function plainInput(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '');
  if (depth > deepest || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => plainInput(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.toWellFormed().replaceAll('\0', ''), plainInput(one, depth + 1)]),
  );
}

const dayOrMoment = /^(\d{4})-\d\d-\d\d(?:$|T)/u;

/** Days and moments that are none of anybody's life: before 1900 the database has no year 0, after 2199 periods would run for ever. */
export function daysOutOfTime(value: unknown, path: readonly string[] = []): FieldIssue[] {
  if (typeof value === 'string') {
    const year = dayOrMoment.exec(value)?.[1];
    if (year === undefined || (year >= '1900' && year < '2200')) return [];
    return [{ path: path.join('.'), words: '日期应在 1900 年至 2199 年之间。' }];
  }
  if (path.length > deepest || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => daysOutOfTime(one, [...path, key]));
}
