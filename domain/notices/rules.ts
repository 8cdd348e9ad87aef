import type { HeldPost, Role } from '../basics/roles.ts';
import type { DocumentKind, IssuingUnit } from './record.ts';

/** Who may issue a kind of document: the unit in whose name, the roles that may, and whether it bears the red mark of an office. */
export interface IssuingRule {
  unit: IssuingUnit['kind'];
  roles: readonly Role[];
  red: boolean;
}

const schoolRoles: readonly Role[] = ['classTeacher', 'schoolOfficer', 'principal'];

/** Who may issue what (D§2.9): steps 1–4 the school (4 signed by the principal), 5 the street, 6 the bureau, signed by its leader. */
export const issuingRules: Record<DocumentKind, readonly IssuingRule[]> = {
  dropoutReport: [{ unit: 'school', roles: schoolRoles, red: false }],
  persuasionNotice: [
    { unit: 'school', roles: schoolRoles, red: false },
    // A child without a school is written to by the bureau.
    { unit: 'district', roles: ['bureauOfficer'], red: true },
  ],
  writtenReport: [{ unit: 'school', roles: ['principal'], red: false }],
  deadlineNotice: [{ unit: 'subdistrict', roles: ['subdistrictOfficer'], red: true }],
  correctionOrder: [{ unit: 'district', roles: ['bureauLeader'], red: true }],
  returnCertificate: [{ unit: 'school', roles: ['schoolOfficer', 'principal'], red: false }],
  visitRecord: [{ unit: 'school', roles: schoolRoles, red: false }],
  dropoutRegister: [{ unit: 'school', roles: schoolRoles, red: false }],
  assistLetter: [{ unit: 'district', roles: ['bureauOfficer', 'bureauLeader'], red: true }],
};

/** Kinds that are served on somebody, with a 送达回证. */
export const servedKinds: readonly DocumentKind[] = ['persuasionNotice', 'deadlineNotice', 'correctionOrder'];

/** Kinds whose signer must be the one who issues: nobody else's name stands under them. */
export const signedBySelf: readonly DocumentKind[] = ['writtenReport', 'correctionOrder'];

/** A post with the school of its class, where it is held in a class. */
export interface IssuingPost extends HeldPost {
  schoolOfClass: string | null;
}

/** The unit for which a post issues: a class teacher acts for the school of his class. */
export function unitOfPost(post: IssuingPost): IssuingUnit | null {
  switch (post.unitKind) {
    case 'class':
      return post.schoolOfClass === null ? null : { kind: 'school', id: post.schoolOfClass };
    case 'school':
    case 'subdistrict':
    case 'district':
      return { kind: post.unitKind, id: post.unitId };
    case 'community':
      return null;
  }
}

/** The units for which these posts may issue a kind of document, without repeats. */
export function unitsFor(kind: DocumentKind, posts: readonly IssuingPost[]): IssuingUnit[] {
  const found = new Map<string, IssuingUnit>();
  for (const post of posts) {
    const unit = unitOfPost(post);
    if (unit && issuingRules[kind].some((rule) => rule.unit === unit.kind && rule.roles.includes(post.role)))
      found.set(`${unit.kind}:${unit.id}`, unit);
  }
  return [...found.values()];
}

/** Who settles the words before the numbers of a unit (机关代字): at a school its head and the keeper of its registry, who keep its numbers. */
const schemeRoles: Record<IssuingUnit['kind'], readonly Role[]> = {
  school: ['principal', 'registrar'],
  subdistrict: ['subdistrictOfficer'],
  district: ['bureauLeader', 'bureauOfficer'],
};

/** The units whose words before the number of a kind these posts may set, without repeats. */
export function schemeUnitsFor(kind: DocumentKind, posts: readonly IssuingPost[]): IssuingUnit[] {
  const found = new Map<string, IssuingUnit>();
  for (const post of posts) {
    const unit = unitOfPost(post);
    const issued = unit !== null && issuingRules[kind].some((rule) => rule.unit === unit.kind);
    if (issued && schemeRoles[unit.kind].includes(post.role)) found.set(`${unit.kind}:${unit.id}`, unit);
  }
  return [...found.values()];
}

/** Whether a document of a unit bears the red mark: only papers of the bureau and the street (GB/T 9704-2012, 7.2.4). */
export function bearsRedMark(kind: DocumentKind, unit: IssuingUnit['kind']): boolean {
  return issuingRules[kind].some((rule) => rule.unit === unit && rule.red);
}

/** A document number: 义劝通字〔2026〕第3号, or 江岸教〔2026〕3号 where the words do not end in 字; never padded with zeros. */
export function numberWords(scheme: string, year: number, number: number): string {
  return scheme.endsWith('字') ? `${scheme}〔${year}〕第${number}号` : `${scheme}〔${year}〕${number}号`;
}

/** What a number written by `numberWords` is made of; null for any other words. */
export function numberParts(words: string): { scheme: string; year: number; number: number } | null {
  const found = /^(.+)〔(\d{4})〕(第?)(\d+)号$/u.exec(words);
  if (!found) return null;
  const [, scheme = '', year, ordinal, number] = found;
  if (scheme.endsWith('字') !== (ordinal === '第')) return null;
  return { scheme, year: Number(year), number: Number(number) };
}

/** What somebody typed to find a number, as numbers are written: 〔〕 for brackets of any kind, plain digits, no spaces. */
export function asNumbered(typed: string): string {
  return typed
    .replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[[(（【［]/gu, '〔')
    .replace(/[\])）】］]/gu, '〕')
    .replace(/\s/gu, '');
}

/** The number line of a preview, its number left open. */
export function openNumberWords(scheme: string, year: number): string {
  return scheme.endsWith('字') ? `${scheme}〔${year}〕第　号` : `${scheme}〔${year}〕　号`;
}
