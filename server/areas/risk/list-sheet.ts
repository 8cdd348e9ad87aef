import { listSigns } from '#contract/risk.ts';
import { listSheet, type ListSheet } from '#server/http/list-sheet.ts';

/** The list of pupils with signs as a sheet; signs advise and decide nothing. */
export const riskSheets: readonly ListSheet[] = [
  listSheet(listSigns, '预警', [
    { label: '姓名', value: (row) => row.name },
    { label: '学校', value: (row) => row.schoolName },
    { label: '班级', value: (row) => row.className },
    {
      label: '迹象与理由',
      width: 56,
      value: (row) => row.signs.map((sign) => `${sign.kindWords}：${sign.words}`).join('\n'),
    },
    { label: '建议', width: 14, value: (row) => row.levelWords },
    { label: '自', kind: 'date', value: (row) => row.since },
    {
      label: '处理',
      width: 22,
      value: (row) =>
        row.acted ? (row.signs.find((sign) => sign.actedWords !== null)?.actedWords ?? '已有人处理') : '还没有人处理',
    },
  ]),
];
