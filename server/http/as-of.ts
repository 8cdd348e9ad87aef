import type { z } from 'zod';
import type { AsOf } from '#contract/as-of.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { Then } from '#server/database/past.ts';
import type { Context } from './context.ts';

/** The first moment after a day in China. */
function endOfChinaDay(day: string): string {
  return `${addCalendarDays(day, 1)}T00:00:00.000000+08:00`;
}

function refuse(path: 'day' | 'knownAt', words: string): never {
  throw new Failure('input-wrong', words, { issues: [{ path, words }] });
}

/** Refuses a day or a moment that is still to come. */
export function refuseToCome(context: Context, asked: z.output<typeof AsOf>): void {
  if (asked.day !== undefined && asked.day > context.today)
    refuse('day', '只能查看今天和以前的情况，请选今天或以前的一天。');
  if (asked.knownAt !== undefined && Date.parse(asked.knownAt) > context.now.getTime() + 60_000)
    refuse('knownAt', '这一刻还没有到，请选现在以前的时刻。');
}

/** The past that the pair asks for; null where it means what stands today and is known now. What is still to come is refused. */
export function askedThen(context: Context, asked: z.output<typeof AsOf>): Then | null {
  refuseToCome(context, asked);
  const { day = context.today, knownAt = null } = asked;
  if (day === context.today && knownAt === null) return null;
  const end = endOfChinaDay(day);
  const moment = knownAt !== null && Date.parse(knownAt) < Date.parse(end) ? knownAt : end;
  return { day, knownAt, moment };
}

/** The head of a sheet: as of when it is, where that is not now, and what else is said of it. */
export function noteOf(asOf: string, ...rest: readonly string[]): string {
  return [asOf, ...rest].filter((part) => part !== '').join('　');
}
