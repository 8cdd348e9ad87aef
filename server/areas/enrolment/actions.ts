import { maskDocument, maskRegistryNo } from '#domain/basics/masking.ts';
import { openingDay } from '#domain/basics/school-year.ts';
import { leaveKindWords } from '#domain/enrolment/words.ts';
import type { LeaveKind } from '#domain/enrolment/record.ts';
import { childTagWords } from '#domain/population/words.ts';
import type { ChildTag } from '#domain/population/record.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { countRoster, readRoster, type RosterAsked, type RosterRecord } from './store.ts';

interface Numbers {
  documentNumber: string;
  registryNo: string;
}

function numbersOf(context: Context, record: RosterRecord): Numbers {
  // as: both are sealed by the import with these fields
  const entry = record.sealed
    ? (openJson(
        context.keys,
        { table: 'enrolment', column: 'sealed', district: context.district, id: record.entry_id },
        record.sealed,
      ) as Partial<Numbers>)
    : {};
  return { documentNumber: entry.documentNumber ?? '', registryNo: entry.registryNo ?? '' };
}

function presenceOf(record: RosterRecord): {
  presence: 'present' | 'leave' | 'absent' | 'unknown';
  presenceWords: string;
} {
  const day = record.presence_day ?? '';
  if (record.present === null)
    return { presence: 'unknown', presenceWords: day === '' ? '未报到校情况' : `${day} 未点名` };
  if (record.present) return { presence: 'present', presenceWords: `${day} 到校` };
  if (record.leave_kind === null)
    return { presence: 'absent', presenceWords: `${day} 未到校${record.reason ? `（${record.reason}）` : ''}` };
  const words =
    record.leave_kind in leaveKindWords ? leaveKindWords[record.leave_kind as LeaveKind] : record.leave_kind; // as: just checked
  return { presence: 'leave', presenceWords: `${day} ${words}` };
}

function view(context: Context, record: RosterRecord) {
  const numbers = numbersOf(context, record);
  return {
    childId: record.child_id,
    name: record.name,
    sex: record.sex === null ? null : record.sex === 'male' ? '男' : '女',
    birthDate: record.birth_date,
    documentMask: numbers.documentNumber === '' ? '' : maskDocument(numbers.documentNumber, { besideBirth: true }),
    registryMask: numbers.registryNo === '' ? null : maskRegistryNo(numbers.registryNo, { besideBirth: true }),
    schoolId: record.school_id,
    schoolName: record.school_name,
    grade: record.grade,
    className: record.class_name,
    ...presenceOf(record),
    tags: record.tags.map((tag) => (tag in childTagWords ? childTagWords[tag as ChildTag] : tag)), // as: just checked
    identity: record.identity,
  };
}

function yearStart(context: Context): string {
  return `${openingDay(context.today).slice(0, 4)}-09-01`;
}

/** A page of the roster (在校学生花名册) under the actor's reach. */
export async function listRosterPage(context: Context, input: RosterAsked & { page: number; size: number }) {
  const { page, size, ...asked } = input;
  const total = await rememberFor(
    context,
    context.reach,
    { key: `roster-count ${JSON.stringify(asked)}`, dependsOn: 'facts', bytes: () => 8 },
    () => countRoster(context.client, context.district, asked),
  );
  const records = await readRoster(context.client, context.district, asked, yearStart(context), {
    size,
    offset: (page - 1) * size,
  });
  return { rows: records.map((record) => view(context, record)), total, page, size };
}

/** Every pupil of the asked roster as rows of a sheet; numbers in full only for an approved export. */
export async function rosterSheet(context: Context, input: RosterAsked, full: boolean): Promise<unknown[][]> {
  const records = await readRoster(context.client, context.district, input, yearStart(context), null);
  return records.map((record, index) => {
    const row = view(context, record);
    const numbers = full
      ? numbersOf(context, record)
      : { documentNumber: row.documentMask, registryNo: row.registryMask ?? '' };
    return [
      index + 1,
      row.schoolName,
      row.className ?? '',
      row.name,
      row.sex ?? '',
      row.birthDate ?? '',
      numbers.documentNumber,
      numbers.registryNo,
      row.presenceWords,
      row.tags.join('、'),
    ];
  });
}

export { moveChild, tryMoveChild } from './course.ts';
export { mustPassChanges, passChangeDeadlines } from './decide.ts';
export { joinCourses, mayMergeCourses, splitCourses, type JoinedCourse } from './merging.ts';
export { findOnRoll, pupilsOfClass } from './pupils.ts';
export { calledOn, type ClassPupil } from './store-pupils.ts';
export { nationalCode } from './change-codes.ts';
