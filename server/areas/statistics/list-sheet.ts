import { listCaseNames, listDutyNames, listProgressionNames } from '#contract/statistics-cockpit.ts';
import { listCohortNames } from '#contract/statistics-cohorts.ts';
import { listFigureNames } from '#contract/statistics-figures.ts';
import { listHouseholdNames } from '#contract/statistics-names.ts';
import { listReports } from '#contract/statistics-reports.ts';
import { surveyResultWords } from '#domain/population/words.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';

const resultWords: Readonly<Record<string, string>> = surveyResultWords;

/** The reports of the schools and the names behind the figures as sheets. */
export const statisticsSheets: readonly ListSheet[] = [
  listSheet(listReports, '统计报送', [
    { label: '学校', value: (row) => row.name },
    { label: '状态', width: 16, value: (row) => (row.nil ? `${row.stateWords}（零报告）` : row.stateWords) },
    {
      label: '下一步',
      width: 30,
      value: (row) => (row.changed && row.state === 'signed' ? `${row.next}；签报后数据有变化，可更正重报` : row.next),
    },
    { label: '期末在校', kind: 'number', value: (row) => row.counts.S1 },
    { label: '本期辍学', kind: 'number', value: (row) => row.counts.Drop },
    { label: '累计未复学', kind: 'number', width: 12, value: (row) => row.counts.Open },
    { label: '版本', width: 10, value: (row) => (row.version === 0 ? '' : `第 ${row.version} 版`) },
    { label: '签报人', width: 12, value: (row) => row.signedName },
    { label: '签报时间', width: 18, value: (row) => momentCell(row.signedAt) },
  ]),
  listSheet(listFigureNames, '数字背后的学生名单', [
    { label: '学生', width: 14, value: (row) => row.name },
    { label: '性别', value: (row) => row.sex },
    { label: '出生日期', kind: 'date', value: (row) => row.birthDate },
    { label: '现在的学校', width: 22, value: (row) => row.schoolName },
    { label: '现在的班级', width: 16, value: (row) => row.className },
    { label: '变动或起始日期', kind: 'date', width: 16, value: (row) => row.day },
  ]),
  listSheet(listHouseholdNames, '入户摸底背后的住户', [
    { label: '住址', width: 40, value: (row) => row.address },
    { label: '户号', kind: 'text', width: 16, value: (row) => row.householdNo },
    { label: '街道', width: 14, value: (row) => row.subdistrictName },
    { label: '社区', width: 14, value: (row) => row.communityName },
    {
      label: '当时的结果',
      width: 14,
      value: (row) => (row.result === null ? '尚无结果' : (resultWords[row.result] ?? '')),
    },
    { label: '入户日期', kind: 'date', value: (row) => row.day },
    { label: '摸底人', width: 12, value: (row) => row.surveyor },
  ]),
  listSheet(listCaseNames, '数字背后的个案名单', [
    { label: '学生', width: 14, value: (row) => row.name },
    { label: '当日状态', width: 16, value: (row) => row.stateWords },
    { label: '轮次', kind: 'number', width: 6, value: (row) => row.round },
    { label: '当日学校', width: 22, value: (row) => row.schoolName },
    { label: '当日班级', width: 16, value: (row) => row.className },
    { label: '本轮立案', kind: 'date', value: (row) => row.day },
  ]),
  listSheet(listCohortNames, '届巩固率背后的学生名单', [
    { label: '学生', width: 14, value: (row) => row.name },
    { label: '性别', value: (row) => row.sex },
    { label: '出生日期', kind: 'date', value: (row) => row.birthDate },
    { label: '变动', width: 14, value: (row) => row.partWords },
    { label: '现在的学校', width: 22, value: (row) => row.schoolName },
    { label: '现在的班级', width: 16, value: (row) => row.className },
    { label: '变动或起始日期', kind: 'date', width: 16, value: (row) => row.day },
  ]),
  listSheet(listProgressionNames, '升年级前后的学生名单', [
    { label: '学生', width: 14, value: (row) => row.name },
    { label: '性别', value: (row) => row.sex },
    { label: '出生日期', kind: 'date', value: (row) => row.birthDate },
    { label: '另一季的状态', width: 16, value: (row) => row.stateWords },
    { label: '另一季的学校', width: 22, value: (row) => row.schoolName },
    { label: '另一季的年级', width: 14, value: (row) => row.gradeWords },
    { label: '自哪天起', kind: 'date', value: (row) => row.day },
  ]),
  listSheet(listDutyNames, '及时率背后的任务', [
    { label: '学生或班级', width: 16, value: (row) => row.who },
    { label: '要办的事', width: 24, value: (row) => row.title },
    { label: '当时结果', width: 14, value: (row) => row.outcomeWords.replace('的任务', '') },
    { label: '缘由', width: 34, value: (row) => row.why },
    { label: '学校', value: (row) => row.schoolName },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '责任岗位', width: 20, value: (row) => row.ownerWords },
    { label: '开始', width: 18, value: (row) => momentCell(row.startedAt) },
    { label: '期限', width: 18, value: (row) => momentCell(row.dueAt) },
    {
      label: '当时已办结于',
      width: 18,
      value: (row) => (row.settledAt === null ? '未办结' : momentCell(row.settledAt)),
    },
    { label: '当时已上报', width: 12, value: (row) => (row.climbed === 0 ? '' : `${row.climbed} 级`) },
  ]),
];
