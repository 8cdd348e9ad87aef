import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-year.ts';
import { Failure } from '#domain/basics/failure.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { openChangeStates } from '#domain/enrolment/changes-record.ts';
import { hasJunior } from '#domain/enrolment/year.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { dueIn, finish, sealChange, unitsOf, withoutNotes } from './change-work.ts';
import { coursesOf, spellOn } from './course.ts';
import { changesOfChild, insertChange, type ChangeRecord } from './store-changes.ts';
import type { SpellRow } from './store-course.ts';
import { readChildFacts } from './store-roll.ts';
import { countLeavers, readLeavers, type LeaverView } from './store-year.ts';

type Row = OutputOf<typeof contract.listLeavers>['rows'][number];

function rowOf(view: LeaverView): Row {
  const state = view.state === 'gone' ? 'noShow' : view.changeId === null ? 'unplaced' : 'placed';
  const elsewhere = view.changeId !== null && view.changeKind !== 'placement';
  const words = { noShow: elsewhere ? '未报到，去区外升学待证明' : '未报到', unplaced: '未分配', placed: elsewhere ? '去区外升学，待到校证明' : '已分配，待报到' } as const; // prettier-ignore
  return {
    childId: view.childId,
    name: view.name,
    schoolId: view.schoolId,
    schoolName: view.schoolName,
    className: view.className,
    state,
    stateWords: words[state],
    toSchoolName: view.toSchoolName,
    reportDay: view.reportDay,
    dueDate: view.dueDate,
    changeId: view.changeId,
    changeState: view.changeState,
    ownerWords: state === 'placed' && !elsewhere ? '初中学籍管理员' : '小学学籍管理员、区控辍专干',
  };
}

/** A page of the leavers of grade 6, as it stands or stood then: where they are placed, and who did not come. */
export async function listLeaverPage(
  context: Context,
  input: ParsedOf<typeof contract.listLeavers>,
): Promise<OutputOf<typeof contract.listLeavers>> {
  const { page, size, ...rest } = input;
  const { client, district } = context;
  const asked = { ...rest, then: askedThen(context, rest) };
  const total = await countLeavers(client, district, asked);
  const rows = await readLeavers(client, district, asked, { size, offset: (page - 1) * size });
  return { rows: rows.map(rowOf), total, page, size };
}

/** The change that places a leaver: it waits for his arrival in grade 7. */
function placementOf(
  context: Context,
  child: { childId: string; name: string; reach: string[] },
  stood: Pick<SpellRow, 'schoolId' | 'classId' | 'grade'>,
  placed: { toSchoolId: string; reportDay: string; dueDate: ChangeRecord['dueDate'] },
): ChangeRecord {
  const { actor, now, today } = context;
  const { toSchoolId } = placed;
  const id = context.newId();
  const unsaid = { reason: '', elsewhere: '', place: '', placeKind: null, quota: null, pieces: [] };
  return {
    id,
    childId: child.childId,
    name: child.name,
    kind: 'placement',
    state: 'arrival',
    schoolId: stood.schoolId,
    classId: stood.classId,
    grade: stood.grade,
    toSchoolId,
    toClassId: null,
    toGrade: 7,
    fromDay: placed.reportDay,
    endsOn: null,
    askedOn: today,
    askedAt: now,
    askedBy: actor.id,
    askedName: actor.name,
    stateSince: today,
    dueDate: placed.dueDate,
    doneOn: null,
    firstId: null,
    askedLate: false,
    sealed: sealChange(context, id, unsaid),
    units: unitsOf({ schoolId: stood.schoolId, toSchoolId }),
    reach: child.reach,
  };
}

/** Places leavers into a junior school in bulk: each is a change that waits for arrival until five days after report day. */
export async function placeLeavers(
  context: Context,
  input: ParsedOf<typeof contract.placeLeavers>,
): Promise<OutputOf<typeof contract.placeLeavers>> {
  const { client, district, today } = context;
  const school = (await schoolsOf(context)).find((one) => one.id === input.toSchoolId);
  if (!school || !hasJunior(school.stage))
    throw new Failure('input-wrong', '请选择有初中年级的学校。', {
      issues: [{ path: 'toSchoolId', words: '这所学校没有初中年级。' }],
    });
  if (addCalendarDays(input.reportDay, 60) < today)
    throw new Failure('input-wrong', '报到日过早，请核对。', {
      issues: [{ path: 'reportDay', words: '请核对日期。' }],
    });
  const all = input.allOf === undefined ? [] : await readLeavers(client, district, { schoolId: input.allOf, show: 'unplaced' }, { size: 2000, offset: 0 }); // prettier-ignore
  const childIds = [...new Set([...input.childIds, ...all.map((one) => one.childId)])];
  if (childIds.length === 0) {
    const words = input.allOf === undefined ? '请选择学生。' : '这所小学没有未分配的毕业生。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'childIds', words }] });
  }
  const courses = await coursesOf(context, childIds);
  const dueDate = await dueIn(context, { kind: 'placement', fromDay: input.reportDay }, 'arrival');
  // The trail tells of all together: a note of each would leave the last one's alone.
  const quiet = withoutNotes(context);
  const refused: { childId: string; name: string; why: string }[] = [];
  const placed: { childId: string; changeId: string }[] = [];
  for (const childId of childIds) {
    const facts = await readChildFacts(client, district, childId);
    const stood = spellOn(courses.get(childId) ?? [], today);
    const open = (await changesOfChild(client, district, childId)).find((one) => openChangeStates.includes(one.state));
    const waits = stood?.state === 'leaver' || (stood?.state === 'gone' && stood.cause === 'noShow');
    const why = !facts ? '没有这名学生' : !waits ? '不是待升学的小学毕业生' : open ? '有在办的学籍异动' : null; // prettier-ignore
    if (why !== null || !facts || !stood) {
      refused.push({ childId, name: facts?.name ?? '', why: why ?? '' });
      continue;
    }
    const record = placementOf(context, { childId, ...facts }, stood, { ...input, dueDate });
    await insertChange(client, district, record);
    await finish(quiet, record, 'arrival', { what: 'ask', words: `分配到${school.name}，报到日 ${input.reportDay}` });
    placed.push({ childId, changeId: record.id });
  }
  context.note({
    subjectKind: 'school',
    subjectId: input.toSchoolId,
    detail: { placed: placed.length, reportDay: input.reportDay, ofEach: placed },
  });
  return { placed: placed.length, refused };
}
