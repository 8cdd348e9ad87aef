import { WorkContent, workStates } from '#domain/books/work-record.ts';
import { helpKindWords, sortWordsOf, workKindWords, workStateWords } from '#domain/books/work-words.ts';
import type { Block } from '#server/areas/notices/actions.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { helpForBook, recordsOfSeveral, type BookHelp } from './store-book.ts';

function contentOf({ keys, district }: Context, row: BookHelp): WorkContent {
  const place = { table: 'work_record', column: 'sealed', district, id: row.id };
  return WorkContent.parse(openJson(keys, place, row.sealed));
}

function stateOf(row: BookHelp): string {
  const known = workStates.find((one) => one === row.state);
  return known === undefined ? row.state : workStateWords[known];
}

/** 帮扶: the aid that a child was given and the help arranged for him, then what was done of it entry by entry. */
export async function bookHelp(context: Context, childId: string): Promise<Block[]> {
  const rows = await helpForBook(context.client, context.district, childId);
  if (rows.length === 0) return [{ as: 'note', text: '无。' }];
  const ids = rows.map((row) => row.id);
  const several = await inWholeDistrict(context, () => recordsOfSeveral(context.client, context.district, ids));
  const opened = rows.map((row) => ({ row, content: contentOf(context, row), alone: !several.has(row.id) }));
  // What was written of several pupils may speak of the others: a book goes from hand to hand.
  const entries = opened.flatMap(({ row, content, alone }) => (alone ? content.help.map((one) => ({ row, one })) : []));
  return [
    {
      as: 'table',
      widths: [2, 2, 2, 3, 4],
      head: ['日期', '类别', '状态', '名称、目标', '措施、来源'],
      rows: opened.map(({ row, content, alone }) => [
        row.day,
        `${workKindWords[row.kind]}：${sortWordsOf(row.sort)}`,
        stateOf(row),
        alone ? content.title : '（涉及几名学生，见工作记录）',
        alone
          ? [content.difficulties.join('、'), content.words, content.people, row.schoolName].filter(Boolean).join('；')
          : row.schoolName,
      ]),
    },
    ...(entries.length === 0
      ? []
      : [
          {
            as: 'table' as const,
            widths: [2, 2, 2, 7],
            head: ['日期', '登记', '经办人', '情况和成效'],
            rows: entries.map(({ one }) => [one.day, helpKindWords[one.what], one.byName, one.words]),
          },
        ]),
  ];
}
