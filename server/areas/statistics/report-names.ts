import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-names.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { droppedStates, suspectedStates } from '#domain/dropout/record.ts';
import { ledgerChildren, type LedgerSpell } from '#domain/statistics/form.ts';
import { formOpenWords, openSums } from '#domain/statistics/form-layout.ts';
import type { CoursePart, Period } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { asKnownAt } from './known-then.ts';
import { periodAsked } from './figures.ts';
import { uncalledOf } from './report-form.ts';
import { schoolWithin } from './report-standing.ts';
import { countCalls, listAway, type FormAsk } from './store-attendance.ts';
import { listFigureEntries } from './store-figures.ts';
import { listLedgerSpells, listPersuasions } from './store-form.ts';

type Names = OutputOf<typeof contract.listReportNames>;
type Asked = ParsedOf<typeof contract.listReportNames>;
type Of = Asked['of'];

/** A line behind a number: a child with the day and what it says of him; `count` is what it adds to the number. */
interface Line {
  childId: string;
  className: string | null;
  day: string;
  days: number | null;
  words: string;
  count: number;
}

const ofGrade = <Row extends { grade: number | null }>(rows: readonly Row[], grade: number | null): Row[] =>
  grade === null ? [...rows] : rows.filter((row) => row.grade === grade);

async function awayLines(
  context: Context,
  ask: FormAsk,
  kind: 'leave' | 'unexcused' | 'unsettled',
  grade: number | null,
): Promise<Line[]> {
  const found = await listAway(context.client, context.district, { ...ask, kind, grade });
  return found.map((row) => ({
    childId: row.child_id,
    className: row.class_name,
    day: row.first_day,
    days: row.days,
    words: row.first_day === row.last_day ? '' : `至 ${row.last_day}`,
    count: row.days,
  }));
}

async function persuasionLines(context: Context, ask: FormAsk, grade: number | null): Promise<Line[]> {
  const found = ofGrade(await listPersuasions(context.client, context.district, ask), grade);
  return found.map((row) => ({
    childId: row.child_id,
    className: row.class_name,
    day: row.day,
    days: null,
    words: `登记人：${row.actor_name}`,
    count: 1,
  }));
}

const ledgers = {
  suspectedStart: ['suspected', 'start'],
  suspectedEntered: ['suspected', 'entered'],
  suspectedLeft: ['suspected', 'left'],
  suspectedEnd: ['suspected', 'end'],
  droppedStart: ['dropped', 'start'],
  droppedEntered: ['dropped', 'entered'],
  droppedLeft: ['dropped', 'left'],
  droppedEnd: ['dropped', 'end'],
} as const;

/** The children behind a movement of a ledger; each once, with the spell that says so: the last for who left or stands at the end, else the first. */
async function ledgerLines(
  context: Context,
  ask: FormAsk,
  period: Period,
  [ledger, side]: (typeof ledgers)[keyof typeof ledgers],
  grade: number | null,
): Promise<Line[]> {
  const states = ledger === 'suspected' ? suspectedStates : droppedStates;
  const spells = ofGrade(await listLedgerSpells(context.client, context.district, { ...ask, states }), grade);
  const chosen = ledgerChildren(spells, period)[side];
  const spell = new Map<string, LedgerSpell & { className: string | null }>();
  const later = side === 'left' || side === 'end';
  for (const one of spells.sort((a, b) => (a.from < b.from ? -1 : 1)))
    if (one.from <= period.to && (later || !spell.has(one.childId))) spell.set(one.childId, one);
  return [...chosen].flatMap((childId) => {
    const one = spell.get(childId);
    if (!one) return [];
    const words = one.to === null || one.to > period.to ? '' : `${one.to} 移出`;
    return [{ childId, className: one.className, day: one.from, days: null, words, count: 1 }];
  });
}

async function sumLines(
  context: Context,
  ask: FormAsk,
  period: Period,
  parts: readonly CoursePart[],
  grade: number | null,
): Promise<Line[]> {
  const scope =
    grade === null
      ? { kind: 'school' as const, key: ask.schoolId }
      : { kind: 'schoolGrade' as const, key: `${ask.schoolId}:${String(grade)}` };
  const figures = { ...scope, period, knownAt: ask.knownAt, schoolId: ask.schoolId };
  const entries = await asKnownAt(context, figures, (knownAt) =>
    listFigureEntries(context.client, context.district, { ...figures, knownAt }),
  );
  return entries
    .filter(({ part }) => parts.includes(part))
    .map(({ part, child_id: childId, day }) => ({
      childId,
      className: null,
      day,
      days: null,
      words: partWords[part],
      count: 1,
    }));
}

function linesOf(context: Context, ask: FormAsk, period: Period, of: Of, grade: number | null): Promise<Line[]> {
  switch (of) {
    case 'leave':
    case 'unexcused':
    case 'unsettled':
      return awayLines(context, ask, of, grade);
    case 'persuasions':
      return persuasionLines(context, ask, grade);
    case 'lost':
    case 'keptOrLost':
    case 'openOrConfirmed':
      return sumLines(context, ask, period, openSums[of] ?? [], grade);
    default:
      return ledgerLines(context, ask, period, ledgers[of], grade);
  }
}

/** The names behind a number of a school's form: counted in the whole district, shown as far as the actor reaches. */
export async function listReportNames(context: Context, input: Asked): Promise<Names> {
  const { page, size, of } = input;
  const school = await schoolWithin(context, input.schoolId);
  const { whole } = await periodAsked(context, input);
  const ask = { schoolId: school.id, from: whole.from, to: whole.to, knownAt: input.knownAt ?? null };
  const lines = await inWholeDistrict(context, () => linesOf(context, ask, whole, of, input.grade ?? null));
  const briefs = await briefsOf(context, [...new Set(lines.map((one) => one.childId))]);
  const seen = lines.filter((one) => briefs.has(one.childId));
  const rows = seen.slice((page - 1) * size, page * size).flatMap(({ count: _count, ...line }) => {
    const brief = briefs.get(line.childId);
    if (!brief) return [];
    return [{ ...line, name: brief.name, sex: sexWord(brief.sex), birthDate: brief.birthDate }];
  });
  return {
    rows,
    total: seen.length,
    page,
    size,
    title: formOpenWords[of],
    sum: lines.reduce((sum, one) => sum + one.count, 0),
    hidden: lines.length - seen.length,
  };
}

/** The classes behind the attendance of a school's form, in the order of grade and class. */
export async function listReportCalls(
  context: Context,
  input: ParsedOf<typeof contract.listReportCalls>,
): Promise<OutputOf<typeof contract.listReportCalls>> {
  const school = await schoolWithin(context, input.schoolId);
  const { whole } = await periodAsked(context, input);
  const ask = { schoolId: school.id, from: whole.from, to: whole.to, knownAt: input.knownAt ?? null };
  const { called, gaps } = await inWholeDistrict(context, async () => ({
    called: new Map((await countCalls(context.client, context.district, ask)).map((row) => [row.class_id, row])),
    gaps: new Map((await uncalledOf(context, whole, ask)).map((row) => [row.class_id, row])),
  }));
  const grade = input.grade ?? null;
  const classes = new Map(ofGrade([...called.values(), ...gaps.values()], grade).map((row) => [row.class_id, row]));
  const number = (name: string) => Number(/\d+/u.exec(name.slice(2))?.[0] ?? 0);
  return [...classes.values()]
    .sort((a, b) => a.grade - b.grade || number(a.name) - number(b.name) || (a.name < b.name ? -1 : 1))
    .map(({ class_id: classId, name }) => {
      const [call, gap] = [called.get(classId), gaps.get(classId)];
      const { on_roll: onRoll, leave, unexcused, unsettled } = call ?? { on_roll: 0, leave: 0, unexcused: 0, unsettled: 0 }; // prettier-ignore
      const uncalled = gap?.days ?? 0;
      return {
        classId,
        name,
        due: onRoll + uncalled,
        present: onRoll - leave - unexcused - unsettled,
        leave,
        unexcused,
        unknown: unsettled + uncalled,
        gapDays: gap?.gap_days ?? [],
      };
    });
}
