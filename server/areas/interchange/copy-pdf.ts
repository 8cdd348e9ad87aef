import { roleWords, isRole } from '#domain/basics/roles.ts';
import { valueWords } from './copy-values.ts';
import { columnWords } from './copy-words.ts';
import type { Block } from '#server/areas/notices/actions.ts';
import type { Copy, CopySection } from './copy-content.ts';

/** Ids, drawn strokes and what serves the platform alone stand in the JSON; on paper they would only fill pages. */
const unread = /(^|_)(id|ids|print|import_id|row_no|during|version_id|image|strokes|signature)$/;

/** What was sealed was written by people, so that nothing of it may be missing on paper. */
function pairsOf(table: string, row: Record<string, unknown>, unnamed?: string): [string, string][] {
  return Object.entries(row).flatMap(([column, value]): [string, string][] => {
    if (unread.test(column) || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    if (column.includes('sealed') && typeof value === 'object' && value !== null && !Array.isArray(value))
      return pairsOf(table, value as Record<string, unknown>, '其他内容'); // as: an object, just seen
    const words = columnWords[column] ?? unnamed;
    const text = valueWords(table, column, value);
    return words === undefined || text === '' ? [] : [[words, text.length > 600 ? `${text.slice(0, 600)}…（全文见 JSON）` : text]]; // prettier-ignore
  });
}

function sectionBlocks(section: CopySection): Block[] {
  return section.rows.flatMap((row, index): Block[] => {
    const rows = pairsOf(section.table, row);
    if (rows.length === 0) return [];
    const head: Block = { as: 'heading', level: 2, text: `${section.words} ${String(index + 1)}` };
    return [...(section.rows.length > 1 ? [head] : []), { as: 'table', widths: [3, 9], head: ['项目', '内容'], rows }];
  });
}

/** The sections of a readable copy: what is held, what is held of nothing, who looked, what is left out and why. */
export function copySections(copy: Copy): { title: string; blocks: Block[] }[] {
  const full = copy.sections.filter((section) => section.rows.length > 0);
  const empty = copy.sections.filter((section) => section.rows.length === 0).map(({ words }) => words);
  const roles = (role: string | null) => (role ?? '').split(',').map((one) => (isRole(one) ? roleWords[one] : one)).join('、'); // prettier-ignore
  return [
    ...full.map((section) => ({ title: section.words, blocks: sectionBlocks(section) })),
    { title: '没有记录的项目', blocks: [{ as: 'plain', text: empty.length === 0 ? '无。' : `${empty.join('、')}。` }] },
    {
      title: '谁看过这份档案',
      blocks:
        copy.lookedAt.length === 0
          ? [{ as: 'note', text: '没有查看记录。' }]
          : [
              {
                as: 'table',
                widths: [3, 4, 3, 3],
                head: ['时间（世界时）', '做了什么', '岗位', '理由'],
                rows: copy.lookedAt.map((look) => [look.at.slice(0, 16).replace('T', ' '), look.words, roles(look.role), look.reason ?? '']), // prettier-ignore
              },
              { as: 'note', text: '依审计记录列出；工作人员姓名不在本份之列。' },
            ],
    },
    {
      title: '不在本份中的内容及理由',
      blocks: [{ as: 'table', widths: [3, 9], head: ['内容', '理由'], rows: copy.excluded.map(({ table, why }) => [table, why]) }], // prettier-ignore
    },
  ];
}
