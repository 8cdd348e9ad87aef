import { wordsOfGrade } from '#domain/basics/grade.ts';
import { maskDocument, maskPhone } from '#domain/basics/masking.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import { caseStates, reasonGroups, whereaboutsCodes } from '#domain/dropout/record.ts';
import { caseStateWords, reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { column, type SheetDefinition } from '../sheet.ts';
import { readPersuasions, type PersuasionRow } from '../store-rows.ts';
import { entriesOf, openedOf, shown } from './entries.ts';
import { wordOf } from './ledgers.ts';

/** The phone of who persuaded, as the list of staff has it. */
function phoneOf(context: Context, row: PersuasionRow): string {
  if (row.staffId === null || row.staffSealed === null) return '';
  const place = { table: 'staff', column: 'sealed_phone', district: context.district, id: row.staffId };
  const phone = openJson(context.keys, place, row.staffSealed);
  return typeof phone === 'string' ? phone : '';
}

/** 劝返学生台账: each persuasion a row (D§4.1). */
export const persuasion: SheetDefinition = {
  id: 'persuasion',
  permission: 'cases.read',
  subject: 'child',
  counting: '单位：人次',
  period: false,
  numbers: true,
  note: '每次劝返一行，同一学生各次依次排列；只限办案人员查看的劝返不列。',
  columns: [
    column('name', '姓名', 9),
    column('sex', '性别', 6),
    column('birthDate', '出生日期', 11, 'date'),
    column('document', '证件号码', 20, 'identity'),
    column('school', '学校', 14),
    column('class', '年级班级', 12),
    column('away', '辍学年月', 9),
    column('guardian', '姓名', 9, 'text', '监护人'),
    column('phone', '电话', 13, 'identity', '监护人'),
    column('address', '家庭住址', 18),
    column('registered', '户籍地', 16),
    column('reason', '原因', 10),
    column('whereabouts', '去向', 10),
    column('round', '轮次', 5, 'number', '劝返'),
    column('count', '次数', 5, 'number', '劝返'),
    column('day', '日期', 11, 'date', '劝返'),
    column('actor', '人员', 9, 'text', '劝返'),
    column('actorPhone', '人员电话', 13, 'identity', '劝返'),
    column('words', '事项', 12, 'text', '劝返'),
    column('record', '情况记录', 26, 'text', '劝返'),
    column('state', '现在状态', 9),
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
          document: shown(
            openedOf<{ documentNumber: string }>(context, 'child', { id: row.childId, sealed: row.sealed })
              .documentNumber,
            ask.full,
            (number) => maskDocument(number, { besideBirth: true }),
          ),
          ...entriesOf(context, row, ask.full),
          away: row.awaySince,
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
          actorPhone: shown(phoneOf(context, row), ask.full, maskPhone),
          words: row.words,
          record:
            openedOf<{ text: string }>(context, 'case_event', { id: row.eventId, sealed: row.eventSealed }).text ?? '',
          state: wordOf(caseStates, caseStateWords, row.state),
        },
      }));
  },
};
