import { looksAlike } from './look-alike.ts';
import type { MatchPerson } from './match-person.ts';
import { numberDistance } from './number-neighbours.ts';

/** What is compared between two records. */
export type MatchFeature =
  'name' | 'birth' | 'sex' | 'guardian' | 'phone' | 'address' | 'document' | 'registryNo' | 'school' | 'household';

/** One piece of evidence: weight in bits (log2 of how much likelier among one child's records than among two children's). */
export interface MatchReason {
  feature: MatchFeature;
  weight: number;
  words: string;
}

function reason(feature: MatchFeature, weight: number, words: string): MatchReason {
  return { feature, weight, words };
}

/**
 * The weights, version 1. Agreement is worth about the rarity of the value in a district (a birth date 1 in 4,000, a
 * phone more, capped because family facts repeat each other); disagreement costs what a true pair's error rate says.
 * Two valid different citizens' numbers are two persons unless everything else is the same.
 */
export const evidence = {
  nameSame: reason('name', 8, '姓名相同'),
  nameSameLong: reason('name', 9, '姓名相同（四字以上）'),
  nameSound: reason('name', 5, '姓名读音相同'),
  nameShape: reason('name', 5, '姓名有一字形近'),
  nameOneOff: reason('name', 1, '姓名相差一字'),
  namePart: reason('name', 2, '姓名一长一短，其余相同'),
  nameSurname: reason('name', -4, '仅姓氏相同'),
  nameOther: reason('name', -8, '姓名不同'),
  birthSame: reason('birth', 9, '出生日期相同'),
  birthNear: reason('birth', 3, '出生日期相差一位数字或月日颠倒'),
  birthYear: reason('birth', -3, '出生年份相同，月日不同'),
  birthOther: reason('birth', -7, '出生日期不同'),
  sexSame: reason('sex', 1, '性别相同'),
  sexOther: reason('sex', -4, '性别不同'),
  guardianSame: reason('guardian', 6, '监护人相同'),
  guardianNear: reason('guardian', 2, '监护人姓名相差一字'),
  guardianOther: reason('guardian', -1, '监护人不同'),
  phoneSame: reason('phone', 8, '联系电话相同'),
  phoneOther: reason('phone', -1, '联系电话不同'),
  addressSame: reason('address', 4, '住址相同'),
  communitySame: reason('address', 2, '同一社区'),
  addressOther: reason('address', -1, '住址不同'),
  numberSame: reason('document', 14, '证件号码相同'),
  numberOneDigit: reason('document', 9, '证件号码只差一位'),
  numberSwapped: reason('document', 9, '证件号码有相邻两位颠倒'),
  numberMissingDigit: reason('document', 8, '证件号码多一位或少一位'),
  numberFar: reason('document', -3, '证件号码相差较多，其中一方校验不通过'),
  numberTwoValid: reason('document', -17, '两个身份证号都有效而不同'),
  numberOtherKind: reason('document', -1, '证件种类不同'),
  registrySame: reason('registryNo', 10, '学籍号相同'),
  schoolSame: reason('school', 1, '学校相同'),
  gradeFar: reason('school', -2, '年级相差两级以上'),
  familyCap: reason('household', 0, '家庭信息互相印证，合计不超过10'),
  twins: reason('household', -14, '同日出生、同一家庭而名字不同，可能是双胞胎'),
} as const satisfies Record<string, MatchReason>;

const familyLimit = 10;

/** The evidence on the name: same, sounding alike, looking alike, one character off, one within the other, or other. */
export function nameEvidence(a: MatchPerson, b: MatchPerson): MatchReason {
  if (a.name === b.name) return a.name.length >= 4 ? evidence.nameSameLong : evidence.nameSame;
  if (a.pinyin !== undefined && a.pinyin !== '' && a.pinyin === b.pinyin) return evidence.nameSound;
  const first = Array.from(a.name);
  const second = Array.from(b.name);
  if (first.length === second.length) {
    let different = 0;
    let at = 0;
    for (let i = 0; i < first.length; i++) {
      if (first[i] === second[i]) continue;
      different++;
      at = i;
    }
    if (different === 1 && looksAlike(first[at] ?? '', second[at] ?? '')) return evidence.nameShape;
    if (different === 1 && first.length >= 3) return evidence.nameOneOff;
    if (different === 2 && first.length >= 3 && [...first].sort().join('') === [...second].sort().join(''))
      return evidence.nameShape;
  } else {
    const [long, short] = first.length > second.length ? [first, second] : [second, first];
    let i = 0;
    for (const character of long) if (character === short[i]) i++;
    if (i === short.length && short.length >= 2) return evidence.namePart;
  }
  return first[0] === second[0] ? evidence.nameSurname : evidence.nameOther;
}

function birthEvidence(a: string, b: string): MatchReason {
  if (a === b) return evidence.birthSame;
  let different = 0;
  for (let i = 0; i < 10; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) different++;
  if (different === 1) return evidence.birthNear;
  if (different === 2 && numberDistance(a.replaceAll('-', ''), b.replaceAll('-', '')) === 'swapped')
    return evidence.birthNear;
  if (a.slice(0, 4) !== b.slice(0, 4)) return evidence.birthOther;
  return a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7) ? evidence.birthNear : evidence.birthYear;
}

/** Whether two records carry the same document number, by number or by blind index. */
export function sameNumber(a: MatchPerson, b: MatchPerson): boolean {
  if (
    a.documentNumber !== undefined &&
    a.documentNumber !== '' &&
    b.documentNumber !== undefined &&
    b.documentNumber !== ''
  ) {
    return a.documentNumber === b.documentNumber;
  }
  return a.documentIndex !== undefined && a.documentIndex !== '' && a.documentIndex === b.documentIndex;
}

function hasNumber(person: MatchPerson): boolean {
  return (person.documentNumber ?? '') !== '' || (person.documentIndex ?? '') !== '';
}

function documentEvidence(a: MatchPerson, b: MatchPerson): MatchReason | null {
  if (!hasNumber(a) || !hasNumber(b)) return null;
  if (sameNumber(a, b)) return evidence.numberSame;
  if (a.documentType !== b.documentType) return evidence.numberOtherKind;
  if (!a.numberFails && !b.numberFails) return evidence.numberTwoValid;
  const first = a.documentNumber ?? '';
  const second = b.documentNumber ?? '';
  if (first === '' || second === '') return null;
  switch (numberDistance(first, second)) {
    case 'one-digit':
      return evidence.numberOneDigit;
    case 'swapped':
      return evidence.numberSwapped;
    case 'one-missing':
      return evidence.numberMissingDigit;
    case 'far':
      return evidence.numberFar;
  }
}

/** Collects the evidence on two records into `into` and returns its sum in bits. */
export function collectEvidence(a: MatchPerson, b: MatchPerson, into: MatchReason[]): number {
  const name = nameEvidence(a, b);
  into.push(name);
  let sum = name.weight;
  const add = (found: MatchReason): number => {
    into.push(found);
    sum += found.weight;
    return found.weight;
  };
  const sameBirth = a.birth !== null && a.birth === b.birth;
  if (a.birth !== null && b.birth !== null) add(birthEvidence(a.birth, b.birth));
  if (a.sex !== 'unknown' && b.sex !== 'unknown') add(a.sex === b.sex ? evidence.sexSame : evidence.sexOther);
  let family = 0;
  let sharesFamily = false;
  if ((a.phoneIndex ?? '') !== '' && (b.phoneIndex ?? '') !== '') {
    sharesFamily = a.phoneIndex === b.phoneIndex;
    family += add(sharesFamily ? evidence.phoneSame : evidence.phoneOther);
  }
  if ((a.guardian ?? '') !== '' && (b.guardian ?? '') !== '') {
    const same = a.guardian === b.guardian;
    sharesFamily ||= same;
    family += add(
      same
        ? evidence.guardianSame
        : nearText(a.guardian ?? '', b.guardian ?? '')
          ? evidence.guardianNear
          : evidence.guardianOther,
    );
  }
  if ((a.addressKey ?? '') !== '' && (b.addressKey ?? '') !== '') {
    const same = a.addressKey === b.addressKey;
    const near = !same && (a.community ?? '') !== '' && a.community === b.community;
    family += add(same ? evidence.addressSame : near ? evidence.communitySame : evidence.addressOther);
  } else if ((a.community ?? '') !== '' && a.community === b.community) family += add(evidence.communitySame);
  if (family > familyLimit) {
    const over = familyLimit - family;
    add({ ...evidence.familyCap, weight: over });
  }
  const document = documentEvidence(a, b);
  if (document !== null) add(document);
  if ((a.registryNo ?? '') !== '' && a.registryNo === b.registryNo) add(evidence.registrySame);
  if ((a.schoolName ?? '') !== '' && a.schoolName === b.schoolName) add(evidence.schoolSame);
  if ((a.grade ?? 0) > 0 && (b.grade ?? 0) > 0 && Math.abs((a.grade ?? 0) - (b.grade ?? 0)) >= 2)
    add(evidence.gradeFar);
  const anotherName = name === evidence.nameOneOff || name === evidence.nameSurname || name === evidence.namePart;
  if (sameBirth && sharesFamily && anotherName && (document === null || document.weight < 0)) add(evidence.twins);
  return sum;
}

function nearText(a: string, b: string): boolean {
  const first = Array.from(a);
  const second = Array.from(b);
  if (first.length !== second.length || first.length < 2 || first[0] !== second[0]) return false;
  return first.filter((character, i) => character !== second[i]).length === 1;
}
