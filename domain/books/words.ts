import type { BookId, BookLevel, FieldKind, FieldSubject, SheetId } from './record.ts';

/** Titles of the sheets as they are printed. */
export const sheetWords: Record<SheetId, string> = {
  roster: '在校学生花名册',
  schoolAge: '适龄儿童少年信息档案',
  suspected: '疑似辍学学生台账',
  dropout: '辍学学生台账',
  persuasion: '劝返学生台账',
  changes: '学籍异动登记表',
  table1: '表1　学生变动情况统计表',
  table2: '表2　学生辍学情况统计表',
  table3: '表3　辍学学生去向情况统计表',
};

/** Titles of the books. */
export const bookWords: Record<BookId, string> = { schoolBook: '一校一册', districtBook: '区控辍保学工作册' };

/** Words of the levels. */
export const bookLevelWords: Record<BookLevel, string> = { all: '全部学段', primary: '小学', junior: '初中' };

/** Words of the kinds of own field. */
export const fieldKindWords: Record<FieldKind, string> = { text: '文字', number: '数字', date: '日期', choice: '选项' };

/** Words of whom an own field is about. */
export const fieldSubjectWords: Record<FieldSubject, string> = { child: '学生', school: '学校' };

/** The name of the columns as the platform ships them. */
export const standardLayout = '标准版式';
