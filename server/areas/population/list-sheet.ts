import { listHouseholds } from '#contract/households.ts';
import { surveyResultWords } from '#domain/population/words.ts';
import { listSheet, type ListSheet } from '#server/http/list-sheet.ts';

function surveyWord(result: string): string {
  return Object.entries(surveyResultWords).find(([code]) => code === result)?.[1] ?? result;
}

/** The list of households as a sheet. */
export const populationSheets: readonly ListSheet[] = [
  listSheet(listHouseholds, '住户名册', [
    { label: '住址', width: 36, value: (row) => row.address },
    { label: '户号', kind: 'text', width: 22, value: (row) => row.householdNo },
    { label: '街道', value: (row) => row.subdistrictName },
    { label: '社区', value: (row) => row.communityName },
    {
      label: '孩子',
      width: 22,
      value: (row) => (row.children.length === 0 ? '未登记' : row.children.map((child) => child.name).join('、')),
    },
    { label: '最近入户', kind: 'date', value: (row) => row.lastSurvey?.day ?? null },
    {
      label: '入户结果',
      width: 16,
      value: (row) => (row.lastSurvey === null ? '尚无结果' : surveyWord(row.lastSurvey.result)),
    },
    { label: '调查人', width: 12, value: (row) => row.lastSurvey?.surveyor ?? null },
  ]),
];
