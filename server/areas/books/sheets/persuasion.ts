import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import { caseStates, reasonGroups, whereaboutsCodes } from '#domain/dropout/record.ts';
import { caseStateWords, reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { column, type SheetDefinition } from '../sheet.ts';
import { readPersuasions } from '../store-rows.ts';
import { wordOf } from './ledgers.ts';

/** 劝返学生台账: each persuasion a row (D§4.1). */
export const persuasion: SheetDefinition = {
  id: 'persuasion',
  permission: 'cases.read',
  subject: 'child',
  counting: '单位：人次',
  period: false,
  numbers: false,
  note: '每次劝返一行，同一学生各次依次排列；谈话内容见一生一案。',
  columns: [
    column('name', '姓名', 10),
    column('sex', '性别', 6),
    column('birthDate', '出生日期', 11, 'date'),
    column('school', '学校', 18),
    column('class', '年级班级', 13),
    column('guardian', '监护人', 10),
    column('address', '家庭住址', 26),
    column('reason', '原因', 13),
    column('whereabouts', '去向', 13),
    column('round', '第几轮', 7, 'number', '劝返'),
    column('count', '第几次', 7, 'number', '劝返'),
    column('day', '日期', 11, 'date', '劝返'),
    column('actor', '人员', 10, 'text', '劝返'),
    column('words', '事项', 18, 'text', '劝返'),
    column('state', '现在状态', 12),
  ],
  async read(context, ask) {
    const rows = await readPersuasions(context.client, context.district, ask);
    return rows
      .filter((row) => row.grade === null || isOfLevel(row.grade, ask.level))
      .map((row) => ({
        subject: row.childId,
        cells: {
          name: row.name,
          sex: sexWord(row.sex) ?? '',
          birthDate: row.birthDate,
          school: row.schoolName,
          class: row.className ?? (row.grade === null ? '' : wordsOfGrade(row.grade)),
          guardian: row.guardian,
          address: row.address,
          reason: wordOf(reasonGroups, reasonGroupWords, row.reasonGroup),
          whereabouts: wordOf(whereaboutsCodes, whereaboutsWords, row.whereabouts),
          round: row.round,
          count: row.count,
          day: row.day,
          actor: row.actor,
          words: row.words,
          state: wordOf(caseStates, caseStateWords, row.state),
        },
      }));
  },
};
