import type { z } from 'zod';
import type { editChild } from '#contract/population.ts';
import { documentTypeWords, type DocumentType } from '#domain/basics/document-number.ts';
import { Failure, notFound, type FieldIssue } from '#domain/basics/failure.ts';
import { checkIdentity, sexWord, type Identity, type IdentityCheck } from '#domain/basics/identity-check.ts';
import { relationWords } from '#domain/basics/relation.ts';
import { normalizeNumber } from '#domain/basics/text.ts';
import { settleStudyStatus } from '#domain/population/parse.ts';
import { childTagWords, studyStatusWords } from '#domain/population/words.ts';
import { nameForms } from '#server/areas/imports/actions.ts';
import { blindIndex, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { codeOf, codesOf } from './codes.ts';
import { requirePresent } from './former.ts';
import { documentOf, recordsOf } from './lists.ts';
import { entryNumbers } from './record.ts';
import { findCarrier, insertChange, readParts, readTags, supersedeEntry, updateChild } from './store-record.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';

type Edit = z.output<typeof editChild.input>;

const fieldOfCode: Record<string, string> = {
  'name-missing': 'name',
  'birth-unreadable': 'birthDate',
  'birth-id-mismatch': 'birthDate',
  'sex-id-mismatch': 'sex',
  'sex-unreadable': 'sex',
};

/** Refuses an identity that contradicts itself, fault by fault at its field. */
export function refuseFaults(check: IdentityCheck): void {
  if (check.faults.length === 0) return;
  const issues: FieldIssue[] = check.faults.map((fault) => ({
    path: fieldOfCode[fault.code] ?? 'documentNumber',
    words: fault.reason,
  }));
  throw new Failure('input-wrong', '姓名、生日、性别与证件号码互相对不上，请核对户口簿。', { issues });
}

/** Refuses a number that another child of the district carries; names the child only to who reaches it. */
async function refuseTaken(context: Context, index: Buffer, id: string): Promise<void> {
  const { client, district } = context;
  const seen = await findCarrier(client, district, index, id);
  if (seen)
    throw new Failure(
      'already-exists',
      `这个证件号码已登记在“${seen.name}”名下。如是同一个孩子，请在“数据比对—同一人核对”里合并。`,
      { childId: seen.id },
    );
  if (await inWholeDistrict(context, () => findCarrier(client, district, index, id)))
    throw new Failure(
      'already-exists',
      '这个证件号码已登记在区内另一个孩子名下，不在您的管理范围内。请核对户口簿；如确为同一个孩子，由控辍专干在“同一人核对”里处理。',
    );
}

const registerFields = ['studyStatus', 'statedSchool', 'note', 'guardian', 'relation', 'phone', 'tags'] as const;

/** Refuses what could not be kept: facts of the register about a child that does not stand in it. */
function refuseWithoutEntry(input: Edit): void {
  const issues: FieldIssue[] = registerFields
    .filter((field) => input[field] !== undefined)
    .map((field) => ({ path: field, words: '请先登记入户摸底，再更正这一项。' }));
  if (issues.length > 0)
    throw new Failure('input-wrong', '这个孩子还不在适龄儿童少年信息档案中，这些内容没有地方登记。', { issues });
}

/** Refuses a document type that does not go with the number: it would be dropped without a word. */
function refuseTypeWithoutNumber(input: Edit, chosen: DocumentType, identity: Identity): void {
  if (input.documentType === undefined || identity.documentType === chosen) return;
  const words = identity.documentNumber === '' ? '请同时填写证件号码。' : '填有证件号码，不能登记为无证件。';
  throw new Failure('input-wrong', '证件类型与证件号码对不上。', { issues: [{ path: 'documentType', words }] });
}

/** Corrects a child's record: what was known before stays, with who, when and why (product, section 4). */
export async function correctChild(context: Context, input: Edit): Promise<void> {
  const { client, district, keys } = context;
  const [record] = await recordsOf(context, [input.id]);
  const parts = await readParts(client, district, input.id);
  if (!record || !parts) throw notFound('档案');
  await requirePresent(context, input.id, parts.reach);
  if (parts.merged_into !== null) throw new Failure('wrong-step', '这份档案已合并到另一份，请在合并后的档案上更正。');
  if (parts.entry_id === null) refuseWithoutEntry(input);
  const oldNumber = documentOf(context, record);
  const number = input.documentNumber === undefined ? oldNumber : normalizeNumber(input.documentNumber);
  const sex = input.sex ?? sexWord(record.sex) ?? '';
  const { name, birth_date: birth, document_type: documentType } = record;
  const before = { name, sex: record.sex, birth, documentType, documentNumber: oldNumber };
  const chosen = input.documentType === undefined ? documentType : codeOf(documentTypeWords, input.documentType);
  const check = checkIdentity(
    {
      name: input.name ?? name,
      sex,
      birth: input.birthDate ?? birth ?? '',
      // A new number without a type chosen for it says by its own pattern what it is.
      documentType: input.documentType === undefined && number !== oldNumber ? '' : documentTypeWords[chosen],
      documentNumber: number,
    },
    {
      birth: true,
      surroundings: parts.guardian ?? parts.address ?? '无',
      failingNumberHolds: true,
      registryIdentifies: false,
    },
  );
  const identityTouched =
    input.name !== undefined ||
    input.sex !== undefined ||
    input.birthDate !== undefined ||
    input.documentType !== undefined ||
    input.documentNumber !== undefined;
  if (identityTouched) refuseFaults(check);
  const { identity } = check;
  refuseTypeWithoutNumber(input, chosen, identity);
  const index = identity.documentNumber === '' ? null : blindIndex(keys, 'document', identity.documentNumber);
  const knownAt = await context.knownAt();
  if (index && number !== oldNumber) await refuseTaken(context, index, input.id);
  if (identityTouched) {
    await updateChild(
      client,
      district,
      input.id,
      {
        name: identity.name,
        ...nameForms(identity.name),
        sex: identity.sex === 'unknown' ? null : identity.sex,
        birth: identity.birth,
        documentType: identity.documentType,
        documentIndex: index,
        sealed:
          number === ''
            ? null
            : sealJson(keys, { table: 'child', column: 'sealed', district, id: input.id }, { documentNumber: number }),
        identity: number === oldNumber ? record.identity : number === '' ? 'none' : 'proven',
      },
      knownAt,
    );
  }
  if (parts.entry_id !== null)
    await supersede(context, input, parts.entry_id, knownAt, {
      name: identity.name,
      sex: identity.sex === 'unknown' ? null : identity.sex,
      birth: identity.birth,
      number,
    });
  const place = (column: string) => ({ table: 'child_change', column, district, id: changeId });
  const changeId = context.newId();
  await insertChange(client, district, {
    id: changeId,
    childId: input.id,
    knownAt,
    actorId: context.actor.id,
    actorName: context.actor.name,
    what: changedWords(input),
    reason: input.reason,
    before: sealJson(keys, place('sealed_before'), before),
    after: sealJson(keys, place('sealed_after'), { ...input, documentNumber: number }),
    reach: parts.reach,
  });
  context.note({
    subjectKind: 'child',
    subjectId: input.id,
    reason: input.reason,
    detail: { fields: Object.keys(input).filter((key) => key !== 'id' && key !== 'reason') },
  });
}

const fieldWords: Record<string, string> = {
  name: '姓名',
  sex: '性别',
  birthDate: '出生日期',
  documentType: '证件类型',
  documentNumber: '证件号码',
  studyStatus: '就读状态',
  statedSchool: '就读学校',
  note: '备注',
  guardian: '监护人',
  relation: '关系',
  phone: '电话',
  tags: '类别',
};

function changedWords(input: Edit): string {
  return (
    Object.keys(input)
      .filter((key) => key in fieldWords)
      .map((key) => fieldWords[key])
      .join('、') || '备注'
  );
}

async function supersede(
  context: Context,
  input: Edit,
  entryId: string,
  knownAt: string,
  identity: { name: string; sex: string | null; birth: string | null; number: string },
): Promise<void> {
  const { client, district, keys } = context;
  const parts = await readParts(client, district, input.id);
  if (!parts) return;
  const old = entryNumbers(context, 'register_entry', entryId, parts.entry_sealed);
  const phone = input.phone === undefined ? old.phone : normalizeNumber(input.phone);
  const id = context.newId();
  const studyStatus =
    input.studyStatus === undefined
      ? (parts.study_status ?? 'none')
      : settleStudyStatus(
          codeOf(studyStatusWords, input.studyStatus),
          input.statedSchool ?? parts.stated_school ?? '',
          parts.stated_grade ?? 0,
        );
  await supersedeEntry(
    client,
    district,
    entryId,
    {
      id,
      ...identity,
      studyStatus,
      statedSchool: input.statedSchool === undefined ? parts.stated_school : input.statedSchool,
      note: input.note === undefined ? parts.note : input.note,
      guardian: input.guardian ?? parts.guardian,
      relation: input.relation === undefined ? parts.relation : codeOf(relationWords, input.relation),
      tags: input.tags === undefined ? await readTags(client, district, entryId) : codesOf(childTagWords, input.tags),
      phoneIndex: phone === '' ? null : blindIndex(keys, 'phone', phone),
      sealed: sealJson(
        keys,
        { table: 'register_entry', column: 'sealed', district, id },
        { ...old, documentNumber: identity.number, phone },
      ),
      rowPrint: blindIndex(keys, 'row', `edit\n${id}`),
    },
    knownAt,
  );
}
