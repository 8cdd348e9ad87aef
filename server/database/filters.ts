import { createHash } from 'node:crypto';

/** Parts of a WHERE with their parameters, numbered as they are added. */
export interface Filters {
  /** Adds a value and returns its placeholder. */
  value(value: unknown): string;
  /** Adds a condition. */
  and(condition: string): void;
  /** ` AND …` of every condition, or nothing. */
  where(): string;
  values: unknown[];
}

/** Starts the filters of a statement whose first parameters are given (the district first). */
export function filters(...values: unknown[]): Filters {
  const conditions: string[] = [];
  const list = [...values];
  return {
    value: (value) => `$${String(list.push(value))}`,
    and: (condition) => conditions.push(condition),
    where: () => conditions.map((condition) => ` AND (${condition})`).join(''),
    values: list,
  };
}

/** The end of a prefix's range: the prefix with its last code point raised, for `>= prefix AND < end` on a C collation. */
export function prefixEnd(prefix: string): string {
  const points = [...prefix];
  const last = points.pop();
  if (last === undefined) return '\u{10ffff}';
  const next = (last.codePointAt(0) ?? 0) + 1;
  return points.join('') + String.fromCodePoint(next >= 0xd800 && next <= 0xdfff ? 0xe000 : next);
}

/** A name for a statement put together from filters, so that its plan is kept like that of a fixed one; equal texts share it. */
export function statementName(kind: string, text: string): string {
  return `${kind}-${createHash('sha1').update(text).digest('hex').slice(0, 12)}`;
}
