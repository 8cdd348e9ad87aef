import { wordsOfGrade } from '#domain/basics/grade.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import { schoolYearStart } from '#domain/basics/school-year.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { changeKinds, changeStates } from '#domain/enrolment/changes-record.ts';
import { nationalCode } from '#server/areas/enrolment/actions.ts';
import { column, type SheetDefinition } from '../sheet.ts';
import { readChangeRows } from '../store-rows.ts';
import { wordOf } from './ledgers.ts';

/** 学籍异动登记表: the changes asked for in the school year, each as it stood on the day. */
export const changes: SheetDefinition = {
  id: 'changes',
  permission: 'changes.read',
  subject: 'child',
  counting: '单位：人次',
  period: false,
  numbers: false,
  note: '列入本学年提出的学籍异动；类别代码依 JY/T 1001。',
  columns: [
    column('name', '姓名', 10),
    column('kind', '异动类别', 14),
    column('code', '代码', 7, 'text', '国家标准'),
    column('codeWords', '名称', 14, 'text', '国家标准'),
    column('school', '学校', 18, 'text', '学籍所在'),
    column('class', '年级班级', 13, 'text', '学籍所在'),
    column('toSchool', '学校', 18, 'text', '转入'),
    column('toGrade', '年级', 9, 'text', '转入'),
    column('fromDay', '生效日期', 11, 'date'),
    column('endsOn', '结束日期', 11, 'date'),
    column('askedOn', '日期', 11, 'date', '提出'),
    column('askedName', '经办人', 10, 'text', '提出'),
    column('state', '状态', 16),
    column('stateDay', '状态日期', 11, 'date'),
  ],
  async read(context, ask) {
    const from = schoolYearStart(ask.day);
    const rows = await readChangeRows(context.client, context.district, { ...ask, from });
    return rows
      .filter((row) => row.grade === null || isOfLevel(row.grade, ask.level))
      .map((row) => {
        const kind = changeKinds.find((one) => one === row.kind);
        const national = kind === undefined ? { code: '', words: '' } : nationalCode(kind);
        return {
          subject: row.childId,
          cells: {
            name: row.name,
            kind: wordOf(changeKinds, changeKindWords, row.kind),
            code: national.code,
            codeWords: national.words,
            school: row.schoolName,
            class: row.className ?? (row.grade === null ? '' : wordsOfGrade(row.grade)),
            toSchool: row.toSchoolName,
            toGrade: row.toGrade === null ? '' : wordsOfGrade(row.toGrade),
            fromDay: row.fromDay,
            endsOn: row.endsOn,
            askedOn: row.askedOn,
            askedName: row.askedName,
            state: wordOf(changeStates, changeStateWords, row.state),
            stateDay: row.stateDay,
          },
        };
      });
  },
};
