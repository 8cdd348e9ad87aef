import { PassThrough } from 'node:stream';
import * as households from '#contract/households.ts';
import * as contract from '#contract/population.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { xlsxType } from '#server/spreadsheets/sheet-file.ts';
import { writeXlsx } from '#server/spreadsheets/write.ts';
import { correctChild } from './edit.ts';
import { coverage, householdRecord, listHouseholdsPage } from './households.ts';
import { childrenSheet, listChildrenPage } from './lists.ts';
import { childRecord, revealNumbers } from './record.ts';
import { searchEverything } from './search.ts';
import { recordDoorSurvey } from './survey.ts';

const labels = [
  '序号',
  '姓名',
  '性别',
  '出生日期',
  '证件类型',
  '证件号码',
  '街道',
  '社区',
  '就读状态',
  '就读学校',
  '班级',
  '特殊类别',
];

/** The calls of 适龄人口. */
export const populationRoutes: Route[] = [
  answer(contract.listChildren, (context, input) => listChildrenPage(context, input)),
  answer(contract.exportChildren, async (context, input) => {
    const { identities, approvalId, ...asked } = input;
    const full = identities === 'full';
    if (full) await useApproval(context, 'exportIdentities', { exportOf: 'children' }, { approvalId });
    const rows = await childrenSheet(context, asked, full);
    context.note({ subjectKind: 'export', subjectId: 'children', detail: { rows: rows.length, identities } });
    const body = new PassThrough();
    void writeXlsx(body, {
      title: '适龄儿童少年信息档案',
      note: full ? '含完整号码，仅限批准的用途使用' : '号码已遮盖',
      columns: labels.map((label, index) => ({ label, ...(index === 0 ? { kind: 'number' as const } : {}) })),
      rows,
      complete: { total: rows.length },
      watermark: `${context.actor.name} ${context.today} 导出`,
    }).catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error('export')));
    return {
      fileName: `适龄儿童少年信息档案_${context.today}.xlsx`,
      contentType: xlsxType,
      body,
    };
  }),
  answer(contract.getChild, (context, input) => childRecord(context, input.id)),
  answer(contract.editChild, async (context, input) => {
    await correctChild(context, input);
    return { done: true as const };
  }),
  answer(contract.revealChild, (context, input) => revealNumbers(context, input)),
  answer(households.listHouseholds, (context, input) => listHouseholdsPage(context, input)),
  answer(households.getCoverage, (context, input) => coverage(context, input.subdistrict)),
  answer(households.getHousehold, (context, input) => householdRecord(context, input.id)),
  answer(households.recordSurvey, (context, input) => recordDoorSurvey(context, input)),
  answer(contract.searchAll, (context, input) => searchEverything(context, input.q)),
];
