import { parseRegistryNo } from '#domain/basics/document-number.ts';
import { Failure } from '#domain/basics/failure.ts';
import { checkIdentity } from '#domain/basics/identity-check.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { normalizeNumber } from '#domain/basics/text.ts';
import { nameForms } from '#server/areas/imports/actions.ts';
import { blindIndex, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { findNamesOfNumber, insertNewcomer } from './store-roll.ts';

/** Who comes from outside, as his papers and his guardian say. */
interface Newcomer {
  name: string;
  number: string;
  sex: string;
  birthDate: string | null;
  registryNo: string;
  guardian: string;
  phone: string;
  address: string;
}

const paths: Record<string, string> = {
  'name-missing': 'person.name',
  'birth-unreadable': 'newcomer.birthDate',
  'registry-malformed': 'newcomer.registryNo',
};

/** Checks who comes from outside as lists are checked, and enters him on no roll; the number of another name is refused. Answers his id. */
export async function enterNewcomer(context: Context, toSchoolId: string, given: Newcomer): Promise<string> {
  const { client, district, keys, now } = context;
  const check = checkIdentity(
    {
      name: given.name,
      sex: given.sex,
      birth: given.birthDate ?? '',
      documentType: '',
      documentNumber: given.number,
      registryNo: given.registryNo,
    },
    { birth: true, surroundings: given.guardian + given.address, failingNumberHolds: true, registryIdentifies: false },
  );
  const registryNo = normalizeNumber(given.registryNo);
  const faults = [...check.faults];
  if (registryNo !== '' && !parseRegistryNo(registryNo).ok)
    faults.push({ code: 'registry-malformed', reason: '学籍号应以 G、L 或 J 开头，请按转学材料填写' });
  if (faults.length > 0)
    throw new Failure('input-wrong', `${faults.map((fault) => fault.reason).join('；')}。`, {
      issues: faults.map((fault) => ({ path: paths[fault.code] ?? 'person.number', words: `${fault.reason}。` })),
    });
  const { identity } = check;
  const index = blindIndex(keys, 'document', identity.documentNumber);
  const registryIndex = registryNo === '' ? null : blindIndex(keys, 'registry', registryNo);
  const names = await inWholeDistrict(context, () => findNamesOfNumber(client, district, index, registryIndex));
  if (names.length > 0)
    throw new Failure(
      'already-exists',
      '这个号码已登记在另一姓名下，请核对证件；确为同一人的，由区教育局在“同一人核对”里处理后再办转入。',
    );
  const id = context.newId();
  const phone = normalizeNumber(given.phone);
  await insertNewcomer(client, district, {
    id,
    name: identity.name,
    ...nameForms(identity.name),
    sex: identity.sex === 'unknown' ? null : identity.sex,
    birthDate: identity.birth,
    documentType: identity.documentType,
    documentIndex: index,
    registryIndex,
    sealed: sealJson(
      keys,
      { table: 'child', column: 'sealed', district, id },
      {
        documentType: identity.documentType,
        documentNumber: identity.documentNumber,
        registryNo,
        guardian: given.guardian,
        guardianPhone: phone,
        phone,
        address: given.address,
      },
    ),
    reach: [reachToken('school', toSchoolId)],
    at: now,
  });
  return id;
}
