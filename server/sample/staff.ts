import type { Role } from '#domain/basics/roles.ts';
import type { Chance } from './chance.ts';
import { inventName, inventPhone } from './invented.ts';
import type { DistrictPlan } from './plan.ts';
import { gradeName } from './plan.ts';

/** A class of a sample school. */
export interface SampleClass {
  readonly schoolCode: string;
  readonly schoolName: string;
  /** 1 to 9. */
  readonly grade: number;
  /** 班号: two digits of the grade, two of the class. */
  readonly classCode: string;
  /** 一年级1班. */
  readonly name: string;
}

/** Somebody of the offices or schools. */
export interface SamplePerson {
  readonly name: string;
  /** Unique; says the post, so that a demonstration needs no list. */
  readonly login: string;
  readonly role: Role;
  readonly unitKind: 'district' | 'school' | 'class' | 'subdistrict' | 'community';
  /** Code of the district, school, street unit (9 digits) or community (12 digits); a class is school code-class code. */
  readonly unit: string;
  readonly unitName: string;
  readonly phone: string;
  /** YYYY-MM-DD, the first day of the post. */
  readonly from: string;
  /** The one person of each role whose account is printed at the first start. */
  readonly shown: boolean;
  /** For a subject teacher: what is taught. */
  readonly subject?: string;
}

const SUBJECTS = ['语文', '数学', '英语', '体育'];
const FROM = '2026-09-01';

/** Invents everybody who works with the sample: one or more people of every role. */
export function inventStaff(
  chance: Chance,
  plan: DistrictPlan,
  subdistrictCodes: readonly string[],
): { classes: SampleClass[]; staff: SamplePerson[] } {
  const staff: SamplePerson[] = [];
  const names = new Set<string>();
  const shown = new Set<Role>();
  const add = (
    role: Role,
    login: string,
    unitKind: SamplePerson['unitKind'],
    unit: string,
    unitName: string,
    subject?: string,
  ): void => {
    let name = inventName(chance);
    while (names.has(name)) name = inventName(chance);
    names.add(name);
    staff.push({
      name,
      login,
      role,
      unitKind,
      unit,
      unitName,
      phone: inventPhone(chance),
      from: FROM,
      shown: !shown.has(role),
      ...(subject === undefined ? {} : { subject }),
    });
    shown.add(role);
  };
  const atBureau = (role: Role, login: string): void => {
    add(role, login, 'district', plan.districtCode, `${plan.districtName}教育局`);
  };
  atBureau('bureauLeader', 'juzhang');
  atBureau('bureauLeader', 'fujuzhang');
  atBureau('bureauOfficer', 'zhuangan1');
  atBureau('bureauOfficer', 'zhuangan2');
  atBureau('inspector', 'ducha1');
  atBureau('inspector', 'ducha2');
  atBureau('sysAdmin', 'xitong');
  atBureau('secAdmin', 'anquan');
  atBureau('auditAdmin', 'shenji');

  const classes: SampleClass[] = [];
  plan.schools.forEach((school, at) => {
    const order = String(at + 1);
    add('principal', `xiaozhang${order}`, 'school', school.code, school.name);
    add('registrar', `xueji${order}`, 'school', school.code, school.name);
    add('schoolOfficer', `deyu${order}`, 'school', school.code, school.name);
    SUBJECTS.forEach((subject, place) => {
      add('subjectTeacher', `renke${order}-${String(place + 1)}`, 'school', school.code, school.name, subject);
    });
    for (const grade of school.grades) {
      for (let number = 1; number <= school.classesPerGrade; number += 1) {
        const classCode = String(grade).padStart(2, '0') + String(number).padStart(2, '0');
        const name = `${gradeName(grade)}${String(number)}班`;
        classes.push({ schoolCode: school.code, schoolName: school.name, grade, classCode, name });
        add(
          'classTeacher',
          `ban${order}-${classCode}`,
          'class',
          `${school.code}-${classCode}`,
          `${school.name}${name}`,
        );
      }
    }
  });
  subdistrictCodes.forEach((code, at) => {
    const communities = plan.communities.filter((community) => community.code.startsWith(code));
    const street = communities[0]?.subdistrict ?? '';
    add('subdistrictOfficer', `jiedao${String(at + 1)}`, 'subdistrict', code, street);
    communities.forEach((community, place) => {
      add(
        'communityWorker',
        `shequ${String(at + 1)}-${String(place + 1)}`,
        'community',
        community.code,
        street + community.name,
      );
    });
  });
  return { classes, staff };
}
