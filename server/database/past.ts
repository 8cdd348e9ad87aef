import type { Filters } from './filters.ts';

/** The past that something is asked for. */
export interface Then {
  /** The day whose facts are meant. */
  day: string;
  /** The moment at which they were known; null for what is known of that day now. */
  knownAt: string | null;
  /** What happened by then: the end of the day, or the moment where that is earlier. */
  moment: string;
}

/**
 * The past in a statement: as of a day, as known at a moment. What is asked of now keeps a text of its own beside it, which the partial
 * indexes on what is known now answer.
 */
export interface Past {
  /** The day, as a placeholder with its type. */
  day(): string;
  /** By when something must have happened: the day's end, or the moment of knowing where that is earlier. */
  moment(): string;
  /** A row with the range `known` that was known. */
  known(alias: string): string;
  /** A row of a fact with days and the range `known` that was known and stood on the day. */
  stood(alias: string): string;
  /** Something entered at a moment, that was known; `true` where what is known now is asked. */
  entered(column: string): string;
  /** Something of a day, entered at a moment. */
  happened(day: string, at: string): string;
}

/** Begins the past of a statement; its values are added where they are first used. */
export function pastOf(where: Pick<Filters, 'value'>, then: Then): Past {
  const held = new Map<string, string>();
  const once = (name: 'day' | 'moment' | 'knownAt', type: string) => {
    const found = held.get(name) ?? `${where.value(then[name])}::${type}`;
    held.set(name, found);
    return found;
  };
  const day = () => once('day', 'date');
  const known = (alias: string) =>
    then.knownAt === null ? `upper_inf(${alias}.known)` : `${alias}.known @> ${once('knownAt', 'timestamptz')}`;
  const entered = (column: string) =>
    then.knownAt === null ? 'true' : `${column} <= ${once('knownAt', 'timestamptz')}`;
  return {
    day,
    moment: () => once('moment', 'timestamptz'),
    known,
    stood: (alias) =>
      `${known(alias)} AND ${alias}.from_date <= ${day()} AND (${alias}.to_date IS NULL OR ${alias}.to_date > ${day()})`,
    entered,
    happened: (column, at) => `${column} <= ${day()} AND ${entered(at)}`,
  };
}
