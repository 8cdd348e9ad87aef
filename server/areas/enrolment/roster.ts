import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment.ts';
import { asOfWords } from '#domain/basics/as-of.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { maskDocument, maskRegistryNo } from '#domain/basics/masking.ts';
import { schoolYearStart } from '#domain/basics/school-year.ts';
import { leaveKindWords } from '#domain/enrolment/words.ts';
import type { LeaveKind } from '#domain/enrolment/record.ts';
import { childTagWords } from '#domain/population/words.ts';
import type { ChildTag } from '#domain/population/record.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import { openJson } from '#server/crypto/seal.ts';
import { askedThen, noteOf } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetStream } from '#server/spreadsheets/sheet-file.ts';
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
    sex: sexWord(record.sex),
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

/** A page of the roster (在校学生花名册) under the actor's reach, as it stands, or stood on a day as known at a moment. */
export async function listRosterPage(context: Context, input: ParsedOf<typeof contract.listRoster>) {
  const { page, size, day, knownAt, ...rest } = input;
  const then = askedThen(context, { day, knownAt });
  const asked: RosterAsked = { ...rest, then };
  const total = await rememberFor(
    context,
    context.reach,
    { key: `roster-count ${JSON.stringify(asked)}`, dependsOn: 'facts', bytes: () => 8 },
    () => countRoster(context.client, context.district, asked),
  );
  const records = await readRoster(
    context.client,
    context.district,
    asked,
    schoolYearStart(then?.day ?? context.today),
    {
      size,
      offset: (page - 1) * size,
    },
  );
  return { rows: records.map((record) => view(context, record)), total, page, size };
}

type Line = ReturnType<typeof view> & Numbers;

/** The columns of the roster as a sheet, each with what it shows of a pupil. */
const columns: readonly { label: string; of: (row: Line) => string }[] = [
  { label: '学校', of: (row) => row.schoolName },
  { label: '班级', of: (row) => row.className ?? '' },
  { label: '姓名', of: (row) => row.name },
  { label: '性别', of: (row) => row.sex ?? '' },
  { label: '出生日期', of: (row) => row.birthDate ?? '' },
  { label: '身份证件号', of: (row) => row.documentNumber },
  { label: '学籍号', of: (row) => row.registryNo },
  { label: '到校情况', of: (row) => row.presenceWords },
  { label: '类别', of: (row) => row.tags.join('、') },
];

/** Every pupil of the asked roster as a sheet; numbers in full only with another person's approval. */
export async function exportRosterSheet(
  context: Context,
  input: ParsedOf<typeof contract.exportRoster>,
): Promise<FileAnswer> {
  const { identities, approvalId, day, knownAt, ...rest } = input;
  const then = askedThen(context, { day, knownAt });
  const asked: RosterAsked = { ...rest, then };
  const full = identities === 'full';
  if (full) await useApproval(context, 'exportIdentities', { exportOf: 'roster' }, { approvalId });
  const records = await readRoster(
    context.client,
    context.district,
    asked,
    schoolYearStart(then?.day ?? context.today),
    null,
  );
  context.note({ subjectKind: 'export', subjectId: 'roster', detail: { rows: records.length, identities } });
  const rows = records.map((record, index) => {
    const row = view(context, record);
    const masked = { documentNumber: row.documentMask, registryNo: row.registryMask ?? '' };
    const line = { ...row, ...(full ? numbersOf(context, record) : masked) };
    return [index + 1, ...columns.map(({ of }) => of(line))];
  });
  return sheetStream(`在校学生花名册_${context.today}.xlsx`, {
    title: '在校学生花名册',
    note: noteOf(asOfWords({ day, knownAt }), full ? '含完整号码，仅限批准的用途使用' : '号码已遮盖'),
    columns: [{ label: '序号', kind: 'number' }, ...columns.map(({ label }) => ({ label }))],
    rows,
    complete: { total: rows.length },
    watermark: `${context.actor.name} ${context.today} 导出`,
  });
}
