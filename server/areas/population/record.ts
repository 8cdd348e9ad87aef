import { notFound, Failure } from '#domain/basics/failure.ts';
import { maskPhone, maskRegistryNo } from '#domain/basics/masking.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import { reaches } from '#domain/basics/reach.ts';
import { relationWords } from '#domain/basics/relation.ts';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { standingPurpose } from '#domain/population/calling.ts';
import { householdStateWords, studyStatusWords } from '#domain/population/words.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import { openJson } from '#server/crypto/seal.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import type { Context } from '#server/http/context.ts';
import { isFormer, presentReach, requirePresent } from './former.ts';
import { childRow, documentOf, recordsOf, wordOf } from './lists.ts';
import { readHistory, type HistoryRow } from './store-history.ts';
import { readDuties, readFindings, readMerges, readParts, readSiblings, type ChildParts } from './store-record.ts';
import type { ChildRecord } from './store-rows.ts';

/** What a list said of a child's numbers. */
export interface EntryNumbers {
  documentNumber: string;
  registryNo: string;
  phone: string;
}

/** Opens the numbers that a register entry or an enrolment carries. */
export function entryNumbers(
  context: Context,
  table: 'register_entry' | 'enrolment',
  id: string | null,
  sealed: Buffer | null,
): EntryNumbers {
  if (id === null || sealed === null) return { documentNumber: '', registryNo: '', phone: '' };
  // as: sealed by imports and corrections with these fields
  const opened = openJson(
    context.keys,
    { table, column: 'sealed', district: context.district, id },
    sealed,
  ) as Partial<EntryNumbers>;
  return {
    documentNumber: opened.documentNumber ?? '',
    registryNo: opened.registryNo ?? '',
    phone: opened.phone ?? '',
  };
}

function numbersOf(context: Context, parts: ChildParts): { registryNo: string; phone: string } {
  const entry = entryNumbers(context, 'register_entry', parts.entry_id, parts.entry_sealed);
  const roster = entryNumbers(context, 'enrolment', parts.enrolment_id, parts.enrolment_sealed);
  return { registryNo: roster.registryNo || entry.registryNo, phone: entry.phone || roster.phone };
}

/** What happened to a record, in words; of a row of a list the file is named. */
function historyOf({ keys, district }: Context, { file_id: id, sealed_name, row_no, words, ...row }: HistoryRow) {
  if (id === null) return { ...row, words };
  return {
    ...row,
    words: `${words}：${openName(keys, 'import_file', district, { id, sealed_name })} 第 ${String(row_no ?? 0)} 行`,
  };
}

/** What a school or class sees of a child that has left it for another: who he is. Where he is now, lives and can be reached is not theirs any more. */
function formerRecord(context: Context, record: ChildRecord, parts: ChildParts) {
  return {
    ...childRow(context, record),
    former: true,
    schoolName: null,
    className: null,
    subdistrictName: null,
    communityName: null,
    studyStatus: null,
    standing: 'other' as const,
    tags: [],
    openFindings: 0,
    codes: { documentType: record.document_type, studyStatus: null, relation: null, tags: [] },
    ethnicity: parts.ethnicity,
    registryMask: null,
    identity: record.identity,
    mergedInto: parts.merged_into,
    household: null,
    guardian: { name: null, relation: null, phoneMask: null },
    register: null,
    enrolment: null,
    siblings: [],
    findings: [],
    history: [],
    merges: [],
    allowed: { edit: false, reveal: 'no' as const, call: false, split: false },
  };
}

/** One child's record: facts, household, guardian, roster, findings, history, and what the actor may do. */
export async function childRecord(context: Context, id: string) {
  const [record] = await recordsOf(context, [id]);
  const parts = await readParts(context.client, context.district, id);
  if (!record || !parts) throw notFound('档案');
  const { client, district } = context;
  const present = await presentReach(context, id, parts.reach);
  if (isFormer(context.reach, present)) {
    context.note({ subjectKind: 'child', subjectId: id, detail: { former: true } });
    return formerRecord(context, record, parts);
  }
  const numbers = numbersOf(context, parts);
  const may = (permission: Permission): boolean => {
    const reach = context.reachFor(permission);
    return reach !== null && reaches(reach, present);
  };
  const reveal = may('children.reveal');
  context.note({ subjectKind: 'child', subjectId: id });
  return {
    ...childRow(context, record),
    former: false,
    codes: {
      documentType: record.document_type,
      studyStatus: parts.study_status,
      relation: parts.relation,
      tags: record.register_tags ?? [],
    },
    ethnicity: parts.ethnicity,
    registryMask: numbers.registryNo === '' ? null : maskRegistryNo(numbers.registryNo, { besideBirth: true }),
    identity: record.identity,
    mergedInto: parts.merged_into,
    household:
      // A school reaches the child but not the household: nothing to open there.
      parts.household_id === null || parts.household_no === null
        ? null
        : { id: parts.household_id, householdNo: parts.household_no, address: parts.household_address ?? '' },
    guardian: {
      name: parts.guardian ?? parts.roster_guardian,
      relation: parts.relation === null ? null : wordOf(relationWords, parts.relation),
      phoneMask: numbers.phone === '' ? null : maskPhone(numbers.phone),
    },
    register:
      parts.entry_id === null
        ? null
        : {
            studyStatus: wordOf(studyStatusWords, parts.study_status ?? 'none'),
            statedSchool: parts.stated_school,
            statedGrade: parts.stated_grade,
            householdState: parts.household_state === null ? null : wordOf(householdStateWords, parts.household_state),
            surveyor: parts.surveyor,
            surveyDate: parts.survey_date,
            note: parts.note,
          },
    enrolment:
      parts.school_id === null
        ? null
        : {
            schoolId: parts.school_id,
            schoolName: parts.school_name ?? '',
            className: parts.class_name,
            grade: parts.grade ?? 0,
            fromDate: parts.enrolment_from ?? '',
          },
    siblings: parts.household_id === null ? [] : await readSiblings(client, district, id, parts.household_id),
    findings: (await readFindings(client, district, id)).map((finding) => ({
      ...finding,
      kindWords: wordOf(comparisonKindWords, finding.kind),
    })),
    history: (await readHistory(client, district, id)).map((row) => historyOf(context, row)),
    merges: await readMerges(client, district, id),
    allowed: {
      edit: may('children.edit') && parts.merged_into === null,
      reveal: reveal ? ('approval' as const) : ('no' as const),
      call: reveal,
      split: may('proposals.decide'),
    },
  };
}

function reasonNeeded(): Failure {
  return new Failure('input-wrong', '请写明用途。', { issues: [{ path: 'reason', words: '请写明用途。' }] });
}

/** The purpose of a call that the actor's posts give, null when a reason has to be written. */
async function purposeOfPost(context: Context, id: string, reach: readonly string[]): Promise<string | null> {
  const duties = await readDuties(context.client, context.district, id);
  return standingPurpose(
    context.actor.posts,
    reach,
    duties.map((duty) => ({ ...duty, kindWords: wordOf(comparisonKindWords, duty.kind) })),
  );
}

/**
 * Opens a full number: a phone by the standing approval of the post (without a reason only for one's own class and findings), a
 * document only by a second person's approval. The number never enters the trail.
 */
export async function revealNumbers(
  context: Context,
  input: { id: string; what: 'document' | 'phone'; reason?: string | undefined; approvalId?: string | undefined },
) {
  const [record] = await recordsOf(context, [input.id]);
  const parts = await readParts(context.client, context.district, input.id);
  if (!record || !parts) throw notFound('档案');
  await requirePresent(context, input.id, parts.reach);
  const reason = input.reason ?? (input.what === 'phone' ? await purposeOfPost(context, input.id, parts.reach) : null);
  if (reason === null) throw reasonNeeded();
  const numbers = numbersOf(context, parts);
  context.note({
    subjectKind: 'child',
    subjectId: input.id,
    reason,
    detail: { what: input.what, ...(input.reason === undefined ? { byPost: true } : {}) },
  });
  if (input.what === 'phone') {
    if (numbers.phone === '') throw new Failure('not-found', '这个孩子的档案里没有登记电话。');
    return { documentNumber: null, registryNo: null, phone: numbers.phone };
  }
  await useApproval(context, 'revealDocument', { childId: input.id }, { ...input, reason });
  return { documentNumber: documentOf(context, record), registryNo: numbers.registryNo || null, phone: null };
}
