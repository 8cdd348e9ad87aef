import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { maskDocument, maskPhone, maskRegistryNo } from '#domain/basics/masking.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import { courseStateWords } from '#domain/enrolment/course-words.ts';
import type { CourseState } from '#domain/enrolment/course.ts';
import { childTags } from '#domain/population/record.ts';
import { childTagWords } from '#domain/population/words.ts';
import { column, type SheetDefinition } from '../sheet.ts';
import { readPupils } from '../store-rows.ts';
import { openedOf, registeredAddressOf, shown } from './entries.ts';

/** What the lists sealed beside a pupil. */
type Sealed = Record<'documentNumber' | 'registryNo' | 'phone' | 'guardianPhone', string>;

/** Words of the groups a child belongs to. */
export function tagWords(tags: readonly string[]): string {
  const known = childTags.filter((tag) => tags.includes(tag));
  return known.map((tag) => childTagWords[tag]).join('、');
}

/** 在校学生花名册 (D§4.7). */
export const roster: SheetDefinition = {
  id: 'roster',
  permission: 'roster.read',
  subject: 'child',
  counting: '单位：人',
  period: false,
  numbers: true,
  note: '列入截至日在籍的义务教育阶段学生，姓名、证件和住址以学籍名册为准。',
  columns: [
    column('school', '学校', 16),
    column('class', '年级班级', 14),
    column('name', '姓名', 10),
    column('sex', '性别', 6),
    column('ethnicity', '民族', 6),
    column('birthDate', '出生日期', 11, 'date'),
    column('document', '证件号码', 20, 'identity'),
    column('registry', '学籍号', 21, 'identity'),
    column('guardian', '姓名', 10, 'text', '监护人'),
    column('phone', '电话', 13, 'identity', '监护人'),
    column('registered', '户籍地', 18),
    column('address', '现住址', 22),
    column('tags', '学生类别', 11),
    column('state', '在校状态', 10),
  ],
  async read(context, ask) {
    const rows = await readPupils(context.client, context.district, ask);
    const beside = { besideBirth: true };
    return rows
      .filter((row) => isOfLevel(row.grade, ask.level))
      .map((row) => {
        const sealed = openedOf<Sealed>(context, 'enrolment', { id: row.entryId, sealed: row.sealed });
        return {
          subject: row.childId,
          cells: {
            school: row.schoolName,
            class: row.className ?? wordsOfGrade(row.grade),
            name: row.name,
            sex: sexWord(row.sex) ?? '',
            ethnicity: row.ethnicity,
            birthDate: row.birthDate,
            document: shown(sealed.documentNumber, ask.full, (number) => maskDocument(number, beside)),
            registry: shown(sealed.registryNo, ask.full, (number) => maskRegistryNo(number, beside)),
            guardian: row.guardian,
            phone: shown(sealed.phone ?? sealed.guardianPhone, ask.full, maskPhone),
            registered: registeredAddressOf(context, row),
            address: row.address,
            tags: tagWords(row.tags),
            // as: written by the course with its own states
            state: row.courseState === null ? '在校' : courseStateWords[row.courseState as CourseState],
          },
        };
      });
  },
};
