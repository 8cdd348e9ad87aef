import type { ParsedOf } from '#contract/endpoint.ts';
import type { askChange } from '#contract/enrolment-changes.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { normalizeName, normalizeNumber } from '#domain/basics/text.ts';
import type { ChangeKind } from '#domain/enrolment/changes-record.ts';
import { blindIndex } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { enterNewcomer } from './newcomer.ts';
import { findChildByNumber, readChildFacts } from './store-roll.ts';

/** A refusal at a field. */
export const fault = (path: string, words: string): Failure =>
  new Failure('input-wrong', words, { issues: [{ path, words }] });

/** Kinds that bring a child from outside. */
const incoming: readonly ChangeKind[] = ['entry', 'transferInProvince', 'transferInOther'];

/** The child of a name and a number (document or registry), wherever he stands; null when no one has both. */
export async function childByNumber(
  context: Context,
  person: { name: string; number: string },
): Promise<string | null> {
  const { client, district, keys } = context;
  const number = normalizeNumber(person.number);
  const asked = {
    document: blindIndex(keys, 'document', number),
    registry: blindIndex(keys, 'registry', number),
    name: normalizeName(person.name),
  };
  return inWholeDistrict(context, () => findChildByNumber(client, district, asked));
}

/** The child asked about: within reach by his id; on another school's roll only by the name and number on his papers; one from outside whom nobody knows is entered. */
export async function childOf(context: Context, kind: ChangeKind, input: ParsedOf<typeof askChange>): Promise<string> {
  const { client, district } = context;
  if (input.childId !== undefined) {
    const facts = await readChildFacts(client, district, input.childId);
    if (!facts) throw notFound('学生档案', '份');
    if (facts.mergedInto !== null) throw new Failure('wrong-step', '这份档案已并入另一份，请刷新后再办理。');
    return input.childId;
  }
  if (!input.person) throw fault('childId', '请选择学生，或填写姓名和证件号码。');
  const found = await childByNumber(context, input.person);
  if (found !== null) return found;
  const { newcomer, toSchoolId } = input;
  if (!incoming.includes(kind)) throw fault('person.number', '没有姓名和号码都相符的学生，请核对证件。');
  if (!newcomer)
    throw fault('person.number', '平台没有姓名和号码都相符的学生。从区外转入、尚无档案的，请填写下面的新生信息。');
  if (toSchoolId === null) throw fault('toSchoolId', '请选择转入学校。');
  return enterNewcomer(context, toSchoolId, { ...input.person, ...newcomer });
}
