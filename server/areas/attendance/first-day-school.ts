import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance-first-day.ts';
import { signListFault } from '#domain/attendance/first-day.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { firstDayAt, headOf, linesOf, type FirstDay } from './first-day.ts';
import { classView, countsOf, type ClassView, type Counts } from './first-day-view.ts';
import { countClassesOf } from './store-classes.ts';
import { readElsewhere } from './store-first-day.ts';
import { insertSigned, listDone, listSigned, type SignedRow } from './store-first-day-kept.ts';

type View = OutputOf<typeof contract.getFirstDaySchool>;
type Frozen = NonNullable<View['signed']>;

/** A school that the request reaches as a whole; not found otherwise. */
export async function schoolInReach(context: Context, schoolId: string): Promise<{ id: string; name: string }> {
  const school = (await schoolsOf(context)).find((one) => one.id === schoolId);
  if (!school || !reaches(context.reach, [reachToken('school', schoolId)])) throw notFound('学校');
  return school;
}

/** The classes of a school as the records stand now, in their order. */
export async function classesNow(context: Context, { day }: FirstDay, schoolId: string): Promise<ClassView[]> {
  const { client, district } = context;
  const rows = await countClassesOf(client, district, day, schoolId);
  const lines = await linesOf(context, day, { schoolId });
  const elsewhere = await readElsewhere(client, district, day, { schoolId });
  const done = await listDone(client, district, day, { schoolId });
  return rows.map((row) =>
    classView(
      context,
      { classId: row.id, className: row.name },
      lines.filter((line) => line.class_id === row.id),
      elsewhere.filter((one) => one.class_id === row.id),
      done.find((one) => one.class_id === row.id),
    ),
  );
}

function place(context: Context, id: string) {
  return { table: 'first_day_list', column: 'sealed', district: context.district, id };
}

/** A signed version opened. */
export function frozenView(context: Context, row: SignedRow): Frozen {
  // as: sealed and kept by signFirstDay with these shapes
  const { classes, reason } = openJson(context.keys, place(context, row.id), row.sealed) as Pick<Frozen, 'classes' | 'reason'>; // prettier-ignore
  return {
    version: row.version,
    signedName: row.signed_name,
    signedAt: row.signed_at.toISOString(),
    reason,
    counts: row.counts as Counts, // as: written from this shape
    classes,
  };
}

/** What of a list a principal signs: who was to come, who came, and of who did not the reason and whereabouts; not by whom it was entered. */
function contentOf(classes: readonly ClassView[]): string {
  const lines = classes.map((row) => [
    row.classId,
    row.onRoll,
    row.present,
    [...row.missing]
      .sort((a, b) => (a.childId < b.childId ? -1 : 1))
      .map(({ childId, entry }) => [
        childId,
        entry?.reason,
        entry?.reasonWords,
        entry?.whereabouts,
        entry?.whereaboutsWords,
      ]),
    row.elsewhere.map((one) => [one.childId, one.words]),
  ]);
  return JSON.stringify(lines.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
}

/** The list of a school now, the versions signed, and whether signing is open to the actor. */
export async function getFirstDaySchool(
  context: Context,
  input: ParsedOf<typeof contract.getFirstDaySchool>,
): Promise<View> {
  const school = await schoolInReach(context, input.schoolId);
  const first = await firstDayAt(context, input.day);
  const classes = await classesNow(context, first, school.id);
  const versions = (await listSigned(context.client, context.district, school.id, first.day)).map((row) =>
    frozenView(context, row),
  );
  const signed = versions.at(-1) ?? null;
  const changed = signed !== null && contentOf(signed.classes) !== contentOf(classes);
  const signs = context.reachFor('reports.sign');
  const counts = countsOf(classes);
  const why =
    signs === null || !reaches(signs, [reachToken('school', school.id)])
      ? '名单由本校校长签。'
      : signListFault({
          today: context.today,
          day: first.day,
          classes: counts.classes,
          open: 0,
          version: signed?.version ?? 0,
          changed,
          reason: '签时再写',
        });
  return {
    ...headOf(first),
    schoolId: school.id,
    schoolName: school.name,
    counts,
    classes: [...classes.filter((row) => !row.done), ...classes.filter((row) => row.done)],
    signed,
    changed,
    versions: versions.map(({ version, signedName, signedAt, reason, counts: { open } }) => ({
      version,
      signedName,
      signedAt,
      reason,
      open,
    })),
    allowed: { sign: why === null, why },
  };
}

/** The principal signs the list as it stands at this moment; it is frozen with time and signer, and the principal's duty is done. */
export async function signFirstDay(
  context: Context,
  input: ParsedOf<typeof contract.signFirstDay>,
): Promise<OutputOf<typeof contract.signFirstDay>> {
  const school = await schoolInReach(context, input.schoolId);
  const first = await firstDayAt(context, input.day);
  const { client, district, actor, now, keys } = context;
  const { day } = first;
  // the lock first: nothing becomes known between the reading and the moment of the signature
  const knownAt = await context.knownAt();
  const last = (await listSigned(client, district, school.id, day)).at(-1);
  const before = last ? frozenView(context, last) : null;
  const stale = () =>
    new Failure('changed-meanwhile', '名单刚刚已有人签过，请刷新后查看。', { version: before?.version ?? 0 });
  if ((before?.version ?? 0) !== input.seen) throw stale();
  const classes = await classesNow(context, first, school.id);
  const counts = countsOf(classes);
  const fault = signListFault({
    today: context.today,
    day,
    classes: counts.classes,
    open: counts.classes - counts.done,
    version: input.seen,
    changed: before === null || contentOf(before.classes) !== contentOf(classes),
    reason: input.reason,
  });
  if (fault !== null) throw new Failure('wrong-step', fault);
  const id = context.newId();
  const version = input.seen + 1;
  const reason = input.reason === null || input.reason === '' ? null : input.reason;
  const kept = await insertSigned(client, district, {
    id,
    school_id: school.id,
    day,
    version,
    counts,
    sealed: sealJson(keys, place(context, id), { classes, reason }),
    by: actor.id,
    signed_name: actor.name,
    at: now,
    knownAt,
    reach: [reachToken('school', school.id)],
  });
  if (!kept) throw stale();
  const { classes: all, done, onRoll, present, absent, open } = counts;
  context.note({
    subjectKind: 'school',
    subjectId: school.id,
    ...(reason === null ? {} : { reason }),
    detail: { day, version, classes: all, done, onRoll, present, absent, open },
  });
  await context.announce({ kind: 'attendance.firstDaySigned', schoolId: school.id, day, at: now.toISOString() });
  return { version, signedAt: now.toISOString() };
}
