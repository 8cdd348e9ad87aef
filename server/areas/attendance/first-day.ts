import {
  firstSchoolDay,
  isClassDone,
  isUnaccounted,
  firstDayMark,
  termBegun,
  type FirstDayTerm,
} from '#domain/attendance/first-day.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { Context, Reach } from '#server/http/context.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { classTokens } from './access.ts';
import { groundOf, type Ground } from './standing.ts';
import { readFirstDay, type FirstDayLine, type FirstDayScope } from './store-first-day.ts';
import { closeDone, countDone, insertDone, listDone } from './store-first-day-kept.ts';

/** The first school day of a term. */
export interface FirstDay {
  term: FirstDayTerm;
  day: string;
  begun: boolean;
  ground: Ground;
}

/** The first school day of the term of a day, or in the holidays of the last that has begun; null where the calendar has none. */
export async function findFirstDay(context: Context, asked: string): Promise<FirstDay | null> {
  const ground = await groundOf(context, asked);
  const term = termBegun(asked, ground.termOf);
  const day = term && firstSchoolDay(term, ground.isSchoolDay);
  return term && day !== null ? { term, day, begun: day <= context.today, ground } : null;
}

/** The same; `wrong-step` where the calendar has none. */
export async function firstDayAt(context: Context, asked: string | undefined): Promise<FirstDay> {
  const found = await findFirstDay(context, asked ?? context.today);
  if (!found) throw new Failure('wrong-step', '校历里没有这一天所在的学期，请区教育局先在“校历”中设定学期。');
  return found;
}

/** The term and first day as every answer names them. */
export function headOf({ term, day, begun }: FirstDay): { term: string; day: string; begun: boolean } {
  return { term: term.name, day, begun };
}

/**
 * Reads of a class or school, which the request must reach, who is to come; with the whole district in sight, since a pupil may have been
 * called in a class out of reach before he came here.
 */
export function linesOf(context: Context, day: string, scope: FirstDayScope): Promise<FirstDayLine[]> {
  return underReach(context, wholeReach, ({ client, district }) => readFirstDay(client, district, day, scope));
}

/** The schools and classes of a reach; null for the whole district. */
export function unitsOf({ all, tokens }: Reach): { schools: string[]; classes: string[] } | null {
  const of = (kind: string) =>
    tokens.filter((token) => token.startsWith(`${kind}:`)).map((token) => token.slice(kind.length + 1));
  return all ? null : { schools: of('school'), classes: of('class') };
}

/** A line as the rules look at it. */
export function ruled(line: FirstDayLine): { mark: ReturnType<typeof firstDayMark>; reason: FirstDayLine['why'] } {
  return { mark: firstDayMark(line), reason: line.why };
}

/**
 * Looks at the list of a class after a mark or an entry: one that became complete is kept as such and told of, one that a correction opened
 * again is no longer, and is owed anew. Nothing happens on any other day. Needs the whole district in sight.
 */
export async function settleFirstDay(
  context: Context,
  ground: Ground,
  place: { schoolId: string; classId: string },
  day: string,
): Promise<boolean> {
  const term = ground.termOf(day);
  if (!term || firstSchoolDay(term, ground.isSchoolDay) !== day) return false;
  const { client, district, actor, now } = context;
  const { schoolId, classId } = place;
  const lines = (await readFirstDay(client, district, day, { classId })).map(ruled);
  const [stands] = await listDone(client, district, day, { classId });
  const done = isClassDone(lines);
  const present = lines.filter((line) => line.mark === 'present').length;
  const counts = {
    onRoll: lines.length,
    present,
    accounted: lines.length - present - lines.filter(isUnaccounted).length,
  };
  const same = stands?.on_roll === counts.onRoll && stands.present === present && stands.accounted === counts.accounted;
  if (done ? same : !stands) return done;
  const knownAt = await context.knownAt();
  if (stands) await closeDone(client, district, stands.id, knownAt);
  const at = now.toISOString();
  if (!done) {
    const again = await countDone(client, district, day, classId);
    await context.announce({ kind: 'attendance.firstDayOpen', schoolId, classId, day, again, at });
    return false;
  }
  const reach = classTokens(place);
  const row = { id: context.newId(), schoolId, classId, day, ...counts, by: actor.id, byName: actor.name };
  await insertDone(client, district, { ...row, at: now, knownAt, reach });
  if (!stands) await context.announce({ kind: 'attendance.firstDayDone', schoolId, classId, day, at });
  return true;
}
