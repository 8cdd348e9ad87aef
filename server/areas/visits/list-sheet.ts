import { listPlanItems, listPlans } from '#contract/visit-plans.ts';
import { listSheet, type ListSheet } from '#server/http/list-sheet.ts';

/** Where a plan stands on a day, in words. */
function planWords(
  plan: { ended: unknown; from: string; to: string; counts: { due: number; covered: number } },
  today: string,
): string {
  if (plan.ended !== null) return '已终止';
  if (plan.counts.due > 0 && plan.counts.covered === plan.counts.due) return '全部走访';
  if (today < plan.from) return '未开始';
  return today > plan.to ? '到期未走访完' : '进行中';
}

/** The visit plans and the names of one of them as sheets. */
export const visitSheets: readonly ListSheet[] = [
  listSheet(listPlans, '走访计划', [
    { label: '计划', width: 26, value: (row) => row.name },
    { label: '种类', width: 12, value: (row) => row.kindWords },
    { label: '学校', value: (row) => row.schoolName },
    { label: '自', kind: 'date', value: (row) => row.from },
    { label: '至', kind: 'date', value: (row) => row.to },
    { label: '算走访的方式', width: 20, value: (row) => row.modesWords },
    { label: '应走访人次', kind: 'number', width: 12, value: (row) => row.counts.due },
    { label: '按人覆盖', kind: 'number', value: (row) => row.counts.covered },
    { label: '应走访户', kind: 'number', value: (row) => row.counts.households },
    { label: '按户覆盖', kind: 'number', value: (row) => row.counts.householdsCovered },
    { label: '只有未遇', kind: 'number', value: (row) => row.counts.attempted },
    { label: '未走访', kind: 'number', value: (row) => row.counts.none },
    { label: '状态', width: 14, value: planWords },
    { label: '制定人', width: 12, value: (row) => row.madeName },
  ]),
  listSheet(listPlanItems, '走访名单', [
    { label: '学生', width: 20, value: (row) => row.children.map((child) => child.name).join('、') },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '走访人', width: 12, value: (row) => row.staffName ?? '未指定' },
    { label: '情况', width: 14, value: (row) => row.stateWords },
    { label: '走访日期', kind: 'date', value: (row) => row.visitDay },
    { label: '期限', kind: 'date', value: (row) => row.dueDate },
    { label: '是否超期', width: 10, value: (row) => (row.overdue ? '已超期' : '') },
    { label: '未遇（次）', kind: 'number', value: (row) => row.attempts },
    { label: '最近未遇', width: 12, value: (row) => row.lastAttempt },
  ]),
];
