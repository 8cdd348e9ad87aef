/** The posts of the plan's people (product, section 1). */
export const roles = [
  'bureauLeader',
  'bureauOfficer',
  'inspector',
  'principal',
  'registrar',
  'schoolOfficer',
  'classTeacher',
  'subjectTeacher',
  'subdistrictOfficer',
  'communityWorker',
  'sysAdmin',
  'secAdmin',
  'auditAdmin',
] as const;
/** A role of a post. */
export type Role = (typeof roles)[number];

/** Chinese names of the roles. */
export const roleWords: Record<Role, string> = {
  bureauLeader: '局领导',
  bureauOfficer: '控辍专干',
  inspector: '督查组成员',
  principal: '校长',
  registrar: '学籍管理员',
  schoolOfficer: '德育主任',
  classTeacher: '班主任',
  subjectTeacher: '任课教师',
  subdistrictOfficer: '街道教育专干',
  communityWorker: '社区网格员',
  sysAdmin: '系统管理员',
  secAdmin: '安全管理员',
  auditAdmin: '审计管理员',
};

/** Roles that must sign in with a second factor: the bureau and the three administrators. */
export const secondFactorRoles: readonly Role[] = [
  'bureauLeader',
  'bureauOfficer',
  'sysAdmin',
  'secAdmin',
  'auditAdmin',
];

/** The kinds of unit a post can stand in. */
export const unitKinds = ['district', 'school', 'class', 'subdistrict', 'community'] as const;
/** A kind of unit. */
export type UnitKind = (typeof unitKinds)[number];

/** The unit kind in which each role is held. */
export const roleUnit: Record<Role, UnitKind> = {
  bureauLeader: 'district',
  bureauOfficer: 'district',
  inspector: 'school',
  principal: 'school',
  registrar: 'school',
  schoolOfficer: 'school',
  classTeacher: 'class',
  subjectTeacher: 'class',
  subdistrictOfficer: 'subdistrict',
  communityWorker: 'community',
  sysAdmin: 'district',
  secAdmin: 'district',
  auditAdmin: 'district',
};

/** A post as rights need it: role, unit, and the days on which it is held. */
export interface HeldPost {
  role: Role;
  unitKind: UnitKind;
  unitId: string;
}

/** Says whether a word is a role. */
export function isRole(word: string): word is Role {
  return (roles as readonly string[]).includes(word);
}
