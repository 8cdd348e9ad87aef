import type { z } from 'zod';
import type { DoorChild, recordSurvey } from '#contract/households.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { documentTypeWords } from '#domain/basics/document-number.ts';
import { checkIdentity } from '#domain/basics/identity-check.ts';
import { reaches } from '#domain/basics/reach.ts';
import { relationWords } from '#domain/basics/relation.ts';
import { normalizeName, normalizeNumber } from '#domain/basics/text.ts';
import { settleStudyStatus } from '#domain/population/parse.ts';
import { childTagWords, studyStatusWords } from '#domain/population/words.ts';
import { nameForms, rebuildReach } from '#server/areas/imports/actions.ts';
import { blindIndex, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { codeOf, codesOf } from './codes.ts';
import { refuseFaults } from './edit.ts';
import { surveyedSince } from './households.ts';
import { findByDocument, insertDoorChild } from './store-door.ts';
import { findCommunity, findHousehold, insertHousehold, insertSurvey } from './store-households.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';

type Survey = z.output<typeof recordSurvey.input>;

interface Door {
  id: string;
  householdNo: string;
  subdistrictCode: string | null;
  communityCode: string | null;
  address: string;
  reach: string[];
}

async function door(context: Context, input: Survey, knownAt: string): Promise<Door> {
  const { client, district } = context;
  if (!input.newHousehold) {
    const found = await findHousehold(client, district, input.householdId, surveyedSince(context));
    if (!found || !reaches(context.reach, found.reach)) throw notFound('住户');
    const subdistrict =
      found.reach.find((token) => token.startsWith('subdistrict:'))?.slice('subdistrict:'.length) ?? null;
    return {
      id: found.id,
      householdNo: found.household_no,
      subdistrictCode: subdistrict,
      communityCode: found.community_code,
      address: found.address,
      reach: found.reach,
    };
  }
  const { communityCode, address } = input.newHousehold;
  const community = await findCommunity(client, district, communityCode);
  const reach = [`community:${communityCode}`, `subdistrict:${community?.parent_code ?? ''}`];
  if (!community || !reaches(context.reach, reach)) throw notFound('社区');
  const householdNo = await insertHousehold(client, district, {
    id: input.householdId,
    communityCode,
    subdistrictCode: community.parent_code,
    address,
    at: knownAt,
    reach,
  });
  return { id: input.householdId, householdNo, subdistrictCode: community.parent_code, communityCode, address, reach };
}

async function addChild(
  context: Context,
  at: Door,
  child: z.output<typeof DoorChild>,
  day: string,
  knownAt: string,
): Promise<void> {
  const { client, district, keys } = context;
  const check = checkIdentity(
    {
      name: child.name,
      sex: child.sex,
      birth: child.birthDate,
      documentType: documentTypeWords[codeOf(documentTypeWords, child.documentType)],
      documentNumber: child.documentNumber,
    },
    { birth: true, surroundings: child.guardian + at.address, failingNumberHolds: true, registryIdentifies: false },
  );
  refuseFaults(check);
  const { identity } = check;
  const index = identity.documentNumber === '' ? null : blindIndex(keys, 'document', identity.documentNumber);
  const known = index ? await inWholeDistrict(context, () => findByDocument(client, district, index)) : undefined;
  if (known && known.name !== identity.name)
    throw new Failure(
      'already-exists',
      `${identity.name}的证件号码已登记在另一姓名下，请核对户口簿；如确为同一个孩子，由控辍专干在“同一人核对”里处理。`,
    );
  if (known?.registered)
    throw new Failure('already-exists', `${identity.name}已在适龄人口档案中。请在原住户下更正住址，不要重复登记。`);
  const phone = normalizeNumber(child.phone);
  const entryId = context.newId();
  const childId = known?.id ?? child.id;
  await insertDoorChild(
    client,
    district,
    {
      childId,
      known: known !== undefined,
      entryId,
      householdId: at.id,
      name: identity.name,
      ...nameForms(identity.name),
      sex: identity.sex === 'unknown' ? null : identity.sex,
      birth: identity.birth,
      documentType: identity.documentType,
      documentIndex: index,
      sealedChild: index
        ? sealJson(
            keys,
            { table: 'child', column: 'sealed', district, id: childId },
            { documentNumber: identity.documentNumber },
          )
        : null,
      sealedEntry: sealJson(
        keys,
        { table: 'register_entry', column: 'sealed', district, id: entryId },
        { documentType: identity.documentType, documentNumber: identity.documentNumber, registryNo: '', phone },
      ),
      phoneIndex: phone === '' ? null : blindIndex(keys, 'phone', phone),
      subdistrictCode: at.subdistrictCode,
      communityCode: at.communityCode,
      address: at.address,
      guardian: normalizeName(child.guardian),
      relation: child.relation === undefined ? 'none' : codeOf(relationWords, child.relation),
      studyStatus: settleStudyStatus(codeOf(studyStatusWords, child.studyStatus), child.statedSchool, 0),
      statedSchool: child.statedSchool,
      tags: codesOf(childTagWords, child.tags),
      surveyor: context.actor.name,
      day,
      note: child.note,
      rowPrint: blindIndex(keys, 'row', `door\n${entryId}`),
      reach: at.reach,
    },
    knownAt,
  );
  if (known) await inWholeDistrict(context, () => rebuildReach(client, district, [known.id]));
}

/** Records a door survey, signed by the surveyor who answers for it, with households and children added at the door (plan 三(一)3). */
export async function recordDoorSurvey(context: Context, input: Survey): Promise<{ id: string; householdNo: string }> {
  if (input.signature.trim().length < 40)
    throw new Failure('input-wrong', '请摸底人签名后再提交。', {
      issues: [{ path: 'signature', words: '签名是空的。' }],
    });
  if (input.day > context.today)
    throw new Failure('input-wrong', '摸底日期不能晚于今天。', { issues: [{ path: 'day', words: '不能晚于今天。' }] });
  if (input.newChildren.length > 0 && input.result !== 'children')
    throw new Failure('input-wrong', '登记了孩子，结果应为“有适龄儿童”。', {
      issues: [{ path: 'result', words: '应为有适龄儿童。' }],
    });
  const knownAt = await context.knownAt();
  const at = await door(context, input, knownAt);
  for (const child of input.newChildren) await addChild(context, at, child, input.day, knownAt);
  await insertSurvey(context.client, context.district, {
    id: input.id,
    householdId: at.id,
    day: input.day,
    result: input.result,
    surveyorId: context.actor.id,
    surveyorName: context.actor.name,
    signature: sealJson(
      context.keys,
      { table: 'survey', column: 'sealed_signature', district: context.district, id: input.id },
      { signature: input.signature },
    ),
    note: input.note,
    knownAt,
    reach: at.reach,
  });
  context.note({
    subjectKind: 'household',
    subjectId: at.id,
    detail: { result: input.result, newChildren: input.newChildren.length },
  });
  return { id: input.id, householdNo: at.householdNo };
}
