import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure } from '#domain/basics/failure.ts';
import { isAttending, movesAway } from '#domain/enrolment/change-rules.ts';
import { attendingKinds, type AttendingKind } from '#domain/enrolment/changes-record.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { openChange } from './change-work.ts';
import { courseOf, moveChild, spellOn } from './course.ts';
import { endPlaces } from './places.ts';
import { insertAttending } from './store-attending.ts';
import type { ChangeRecord } from './store-changes.ts';

/** What a change does when it is asked: who asks to leave is 转出办理中, and stays on the roll. */
export async function beginChange(context: Context, record: ChangeRecord): Promise<void> {
  if (!movesAway(record.kind)) return;
  const stood = spellOn(await courseOf(context, record.childId), context.today);
  if (stood?.state !== 'inSchool') return;
  await moveChild(context, {
    childId: record.childId,
    day: context.today,
    state: 'transferring',
    cause: 'transferAsked',
    changeId: record.id,
  });
}

/** What a change that is refused or withdrawn takes back. */
export async function giveUpChange(context: Context, record: ChangeRecord): Promise<void> {
  if (!movesAway(record.kind)) return;
  const stood = spellOn(await courseOf(context, record.childId), context.today);
  if (stood?.changeId !== record.id || (stood.state !== 'transferring' && stood.state !== 'gone')) return;
  // a leaver of grade 6 who did not come has no school to go back to
  if (stood.cause === 'noShow') return;
  await moveChild(context, {
    childId: record.childId,
    day: context.today,
    state: 'inSchool',
    cause: 'transferWithdrawn',
    changeId: record.id,
  });
}

const places: Partial<Record<ChangeRecord['kind'], AttendingKind>> = {
  specialised: 'correctionSchool',
  inclusive: 'regularClass',
  homeTeaching: 'home',
};

async function attend(context: Context, record: ChangeRecord): Promise<void> {
  const { client, district, keys } = context;
  const knownAt = await context.knownAt();
  const place = (id: string) => ({ table: 'attending_place', column: 'sealed', district, id }) as const;
  // One place at a time: the one before ends where this begins.
  await endPlaces(context, record.childId, record.fromDay);
  const seal = openChange(context, record);
  const id = context.newId();
  await insertAttending(client, district, {
    id,
    childId: record.childId,
    kind: places[record.kind] ?? attendingKinds.find((kind) => kind === seal.placeKind) ?? 'otherSchool',
    schoolId: record.toSchoolId,
    classId: record.toClassId,
    quota: seal.quota,
    changeId: record.id,
    sealed: sealJson(keys, place(id), { place: seal.place }),
    fromDate: record.fromDay,
    toDate: record.endsOn === null ? null : addCalendarDays(record.endsOn, 1),
    knownAt,
    reach: record.reach,
  });
  // The school where he attends reaches him from now on, and the one before no more.
  await rebuildReach(client, district, [record.childId]);
}

/** What a change does when it is done. */
export async function completeChange(context: Context, record: ChangeRecord, day: string): Promise<void> {
  const to = {
    childId: record.childId,
    day,
    changeId: record.id,
    ...(record.toGrade === null ? {} : { grade: record.toGrade }),
  };
  const place = { ...to, schoolId: record.toSchoolId ?? undefined, classId: record.toClassId };
  if (isAttending(record.kind)) return attend(context, record);
  switch (record.kind) {
    case 'entry':
      await moveChild(context, { ...place, state: 'inSchool', cause: 'entry' });
      return;
    case 'transferInside':
    case 'transferInProvince':
    case 'transferInOther':
      await moveChild(context, { ...place, state: 'inSchool', cause: 'transferIn' });
      return;
    case 'placement':
      await moveChild(context, { ...place, state: 'inSchool', cause: 'placement' });
      return;
    case 'transferOutProvince':
    case 'transferOutOther':
      await moveChild(context, { ...to, state: 'out', cause: 'transferArrived' });
      return;
    case 'suspension':
      await moveChild(context, { ...to, state: 'suspended', cause: 'suspension' });
      return;
    case 'resumption':
      await moveChild(context, { ...to, state: 'inSchool', cause: 'resumed' });
      return;
    case 'repeat':
    case 'skip':
    case 'classChange':
      await moveChild(context, { ...to, classId: record.toClassId, state: 'inSchool', cause: record.kind });
      return;
    case 'death':
      await moveChild(context, { ...to, state: 'dead', cause: 'death' });
      return;
    case 'emigration':
      await moveChild(context, { ...to, state: 'abroad', cause: 'emigration' });
      return;
    case 'renewal':
    case 'deferral':
      return;
    default:
      throw new Failure('internal', '没有这类异动。');
  }
}
