import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance-first-day.ts';
import { byReasonWords } from '#domain/attendance/first-day.ts';
import { firstDayReasonWords, firstDayStateWords } from '#domain/attendance/words.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { classesMarked } from './classes.ts';
import { firstDayAt, headOf, linesOf, unitsOf } from './first-day.ts';
import { classView, missingView, type Counts } from './first-day-view.ts';
import { countClasses } from './store-classes.ts';
import { countFirstDay, pageMissing } from './store-first-day.ts';
import { listSigners } from './store-first-day-kept.ts';

type Row = OutputOf<typeof contract.listFirstDays>['rows'][number];

const noCounts: Counts = { classes: 0, done: 0, onRoll: 0, present: 0, absent: 0, open: 0, elsewhere: 0, byReason: {} };

function sumOf(rows: readonly Counts[]): Counts {
  const sum: Counts = { ...noCounts, byReason: {} };
  for (const row of rows) {
    for (const key of ['classes', 'done', 'onRoll', 'present', 'absent', 'open', 'elsewhere'] as const)
      sum[key] += row[key];
    for (const { reason, count } of reasonsIn(row)) sum.byReason[reason] = (sum.byReason[reason] ?? 0) + count;
  }
  return sum;
}

function reasonsIn(counts: Counts) {
  // as: the keys of a record by reason are reasons
  return (Object.entries(counts.byReason) as [keyof Counts['byReason'], number][]).map(([reason, count]) => ({ reason, count })); // prettier-ignore
}

/** The schools in sight as a whole that have classes on the first day, unsigned first. */
async function schoolRows(context: Context, day: string): Promise<Row[]> {
  const { client, district, reach } = context;
  const units = unitsOf(reach);
  const scope = units === null ? { schoolId: null } : { ...units, classes: [] };
  const counted = await underReach(context, wholeReach, () => countFirstDay(client, district, day, scope));
  const signers = new Map((await listSigners(client, district, day)).map((row) => [row.school_id, row] as const));
  const rows = (await schoolsOf(context)).flatMap((school): Row[] => {
    const sums = counted.schools.find((row) => row.school_id === school.id);
    if (!sums || !reaches(reach, [reachToken('school', school.id)])) return [];
    const reasons = counted.reasons.filter((row) => row.school_id === school.id);
    const byReason: Counts['byReason'] = Object.fromEntries(reasons.map(({ why, count }) => [why, count]));
    const signer = signers.get(school.id);
    const state = signer ? 'signed' : 'missing';
    return [
      {
        schoolId: school.id,
        schoolName: school.name,
        state,
        stateWords: firstDayStateWords[state],
        signedName: signer?.signed_name ?? null,
        signedAt: signer?.signed_at.toISOString() ?? null,
        classes: sums.classes,
        done: sums.classes - sums.undone,
        onRoll: sums.on_roll,
        present: sums.present,
        absent: sums.absent,
        open: sums.open,
        elsewhere: counted.elsewhere.find((row) => row.school_id === school.id)?.count ?? 0,
        byReason,
        reasonsWords: byReasonWords(byReason, firstDayReasonWords),
      },
    ];
  });
  return [...rows.filter((row) => row.state === 'missing'), ...rows.filter((row) => row.state === 'signed')];
}

/** The schools on the first day: signed or not, and how many are away for which reason. */
export async function listFirstDays(
  context: Context,
  input: ParsedOf<typeof contract.listFirstDays>,
): Promise<OutputOf<typeof contract.listFirstDays>> {
  const first = await firstDayAt(context, input.day);
  const all = await schoolRows(context, first.day);
  const shown = all.filter(
    (row) =>
      (input.state === undefined || row.state === input.state) &&
      (input.schoolId === undefined || row.schoolId === input.schoolId),
  );
  const { page, size } = input;
  const signed = all.filter((row) => row.state === 'signed').length;
  return {
    ...headOf(first),
    sum: sumOf(all),
    signed,
    missing: all.length - signed,
    rows: shown.slice((page - 1) * size, page * size),
    total: shown.length,
    page,
    size,
  };
}

/** The pupils behind the numbers of the schools: who was not there, with reason and whereabouts or without. */
export async function listFirstDayPupils(
  context: Context,
  input: ParsedOf<typeof contract.listFirstDayPupils>,
): Promise<OutputOf<typeof contract.listFirstDayPupils>> {
  const first = await firstDayAt(context, input.day);
  const { page, size } = input;
  const asked = {
    schoolId: input.schoolId ?? null,
    classId: input.classId ?? null,
    reason: input.reason ?? null,
    which: input.which ?? null,
    units: unitsOf(context.reach),
  };
  const limits = { size, offset: (page - 1) * size };
  const { rows, total } = await underReach(context, wholeReach, ({ client, district }) =>
    pageMissing(client, district, first.day, asked, limits),
  );
  return {
    ...headOf(first),
    rows: rows.map((row) => ({
      ...missingView(context, row),
      schoolId: row.school_id,
      schoolName: row.school_name,
      classId: row.class_id,
      className: row.class_name,
    })),
    total,
    page,
    size,
  };
}

/** The classes that the actor completes, by post or as a substitute of that day. */
export async function listMyFirstDays(
  context: Context,
  input: ParsedOf<typeof contract.listMyFirstDays>,
): Promise<OutputOf<typeof contract.listMyFirstDays>> {
  const first = await firstDayAt(context, input.day);
  const { day } = first;
  const { ids, reach } = await classesMarked(context, day);
  return underReach(context, reach, async (inner) => {
    const { client, district } = inner;
    const classes = [];
    for (const row of await countClasses(client, district, day, ids)) {
      const lines = await linesOf(inner, day, { classId: row.id });
      const view = classView(inner, { classId: row.id, className: row.name }, lines, [], undefined);
      const { classId, className, onRoll, present, marked, done, missing } = view;
      const open = missing.filter(({ entry }) => entry === null).length;
      classes.push({ classId, className, schoolName: row.school_name, onRoll, present, marked, open, done });
    }
    return { ...headOf(first), classes };
  });
}
