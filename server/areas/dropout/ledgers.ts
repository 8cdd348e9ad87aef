import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout-ledgers.ts';
import { sortWordsOf } from '#domain/books/work-words.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { owingBirths } from '#domain/basics/school-year.ts';
import { caseStates, droppedStates, reasonGroups, suspectedStates, whereaboutsCodes } from '#domain/dropout/record.ts';
import { caseKindWords, caseStateWords, reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { childTags, studyStatuses } from '#domain/population/record.ts';
import { childTagWords, studyStatusWords } from '#domain/population/words.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { phoneMaskOf, phoneMasksOf } from '#server/areas/population/actions.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import { chinaMoment } from '#server/clock.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { countIds, idsOfPage, rememberFor } from '#server/http/list-cache.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import type { ExportColumn } from '#server/spreadsheets/write.ts';
import {
  describeSchoolAge,
  pageCaseLedger,
  readSchoolAge,
  type LedgerAsked,
  type LedgerChild,
} from './store-ledgers.ts';
import { numberOfChild } from './views.ts';

type Ledger = ParsedOf<typeof contract.listLedger>['ledger'];
type Cell = (row: LedgerChild, beside: { number: string; phone: string }) => string;

const titles: Record<Ledger, string> = {
  schoolAge: '适龄儿童台账',
  suspected: '疑似辍学学生台账',
  dropout: '辍学学生台账',
};

const labelOf = <Code extends string>(codes: readonly Code[], words: Record<Code, string>, code: string | null) => {
  const found = codes.find((one) => one === code);
  return found === undefined ? '' : words[found];
};
const gradeWords = (row: LedgerChild) => row.className ?? (row.grade === null ? '' : wordsOfGrade(row.grade));
const tagWords = (row: LedgerChild) =>
  [...new Set(row.tags)].map((tag) => labelOf(childTags, childTagWords, tag) || tag).join('、');
const helpWords = (row: LedgerChild) =>
  (row.helped ?? [])
    .map((one) => {
      const [sort = '', day = ''] = one.split(' ');
      return `${sortWordsOf(sort)} ${day}`;
    })
    .join('；');
const stateWords = (row: LedgerChild) => labelOf(caseStates, caseStateWords, row.state);

const person: [string, Cell, number][] = [
  ['姓名', (row) => row.name, 12],
  ['性别', (row) => sexWord(row.sex) ?? '', 6],
  ['出生日期', (row) => row.birthDate ?? '', 12],
  ['证件号码', (_row, { number }) => number, 22],
];
const family: [string, Cell, number][] = [
  ['监护人', (row) => row.guardian ?? '', 12],
  ['监护人电话', (_row, { phone }) => phone, 14],
  ['家庭住址', (row) => row.address ?? '', 30],
  ['街道', (row) => row.subdistrictName ?? '', 14],
  ['社区', (row) => row.communityName ?? '', 16],
];
const school: [string, Cell, number][] = [
  ['就读学校', (row) => row.schoolName ?? '', 22],
  ['年级班级', gradeWords, 14],
];
const why: [string, Cell, number][] = [
  ['原因', (row) => labelOf(reasonGroups, reasonGroupWords, row.reasonGroup), 14],
  ['去向', (row) => labelOf(whereaboutsCodes, whereaboutsWords, row.whereabouts), 14],
];

/** The columns of each ledger (D§2.5, 4.1, 4.6). */
const columnsOf: Record<Ledger, [string, Cell, number][]> = {
  schoolAge: [
    ...person,
    ...family,
    ['档案就读状态', (row) => labelOf(studyStatuses, studyStatusWords, row.studyStatus), 14],
    ...school,
    ['特殊标签', tagWords, 18],
    ['控辍状态', stateWords, 12],
  ],
  suspected: [
    ...person,
    ...school,
    ...family,
    ['达到标准日期', (row) => row.crossedOn ?? '', 12],
    ['首次缺课日期', (row) => row.firstAbsentOn ?? '', 12],
    ['发现日期', (row) => row.discoveredOn ?? '', 12],
    ...why,
    ['类别', (row) => (row.kind === 'outOfSchool' ? caseKindWords.outOfSchool : caseKindWords.dropout), 8],
    ['第几轮', (row) => String(row.round ?? 1), 8],
    ['状态', stateWords, 12],
    ['列入日期', (row) => row.since ?? '', 12],
  ],
  dropout: [
    ...person,
    ...school,
    ['辍学年月', (row) => (row.firstAbsentOn ?? row.crossedOn ?? row.discoveredOn ?? '').slice(0, 7), 10],
    ...family,
    ...why,
    ['确认日期', (row) => row.confirmedOn ?? '', 12],
    ['劝返次数', (row) => String(row.persuasions), 8],
    ['最近劝返', (row) => row.lastPersuasion ?? '', 12],
    ['文书', (row) => row.documents ?? '', 30],
    ['帮扶措施', helpWords, 30],
    ['类别', (row) => (row.kind === 'outOfSchool' ? caseKindWords.outOfSchool : caseKindWords.dropout), 8],
    ['第几轮', (row) => String(row.round ?? 1), 8],
    ['状态', stateWords, 12],
  ],
};

interface Asked {
  ledger: Ledger;
  asked: LedgerAsked;
}

function askedOf(context: Context, input: z.output<typeof contract.ledgerFilters>): Asked {
  const then = askedThen(context, input);
  return {
    ledger: input.ledger,
    asked: {
      day: then?.day ?? context.today,
      knownAt: then?.knownAt ?? null,
      schoolId: input.schoolId,
      subdistrict: input.subdistrict,
    },
  };
}

async function read(context: Context, { ledger, asked }: Asked, page: { page: number; size: number } | null) {
  const { client, district } = context;
  if (ledger !== 'schoolAge') {
    const states = ledger === 'suspected' ? suspectedStates : droppedStates;
    return pageCaseLedger(client, district, asked, states, page);
  }
  const births = owingBirths(asked.day, (await readSettings(context, asked.day)).ages);
  const ids = await rememberFor(
    context,
    context.reach,
    { key: `school-age ${JSON.stringify([asked, births])}`, dependsOn: 'facts', bytes: (value) => value.length },
    () => readSchoolAge(client, district, asked, births),
  );
  return { rows: await describeSchoolAge(client, district, asked, idsOfPage(ids, page), page), total: countIds(ids) };
}

async function shown(context: Context, ledger: Ledger, rows: readonly LedgerChild[], full: boolean) {
  const masks = rows.map((row) => phoneMaskOf(context, { id: row.childId, entryId: row.registerId, entrySealed: row.registerSealed, enrolmentId: row.enrolmentId, enrolmentSealed: row.enrolmentSealed })); // prettier-ignore
  // Whose lists lie beyond one's reach is called by the number that the district holds of him.
  const beyond = rows.filter((row) => row.registerId === null && row.enrolmentId === null).map((row) => row.childId);
  const phones = await inWholeDistrict(context, () => phoneMasksOf(context, beyond));
  return rows.map((row, index) => {
    const whole = numberOfChild(context, row);
    const number = full || whole === '' ? whole : maskDocument(whole, { besideBirth: true });
    const phone = masks[index] ?? phones.get(row.childId) ?? '';
    const cells = columnsOf[ledger].map(([, cell]) => cell(row, { number, phone }));
    return { childId: row.childId, caseId: row.caseId, cells };
  });
}

/** Every child of a ledger as of a day and as known at a moment, within reach, with the masked number or, when approved, the full one. */
export async function readLedger(
  context: Context,
  { ledger, full, ...asked }: LedgerAsked & { ledger: Ledger; full: boolean },
): Promise<(LedgerChild & { number: string })[]> {
  const { rows } = await read(context, { ledger, asked }, null);
  return rows.map((row) => {
    const whole = numberOfChild(context, row);
    return { ...row, number: full || whole === '' ? whole : maskDocument(whole, { besideBirth: true }) };
  });
}

/** A page of one of the three ledgers as of a day, from the states of cases and the lists of that day. */
export async function listLedger(
  context: Context,
  input: ParsedOf<typeof contract.listLedger>,
): Promise<z.input<(typeof contract.listLedger)['output']>> {
  const asked = askedOf(context, input);
  const { rows, total } = await read(context, asked, input);
  context.note({
    subjectKind: 'ledger',
    subjectId: input.ledger,
    detail: { asOf: asked.asked.day, rows: rows.length },
  });
  return {
    rows: await shown(context, input.ledger, rows, false),
    total,
    page: input.page,
    size: input.size,
    asOf: asked.asked.day,
    title: titles[input.ledger],
    columns: columnsOf[input.ledger].map(([label]) => label),
  };
}

/** How many stand on a ledger on a day, as far as the actor reaches. */
export async function countOnLedger(context: Context, input: z.output<typeof contract.ledgerFilters>): Promise<number> {
  return (await read(context, askedOf(context, input), { page: 1, size: 1 })).total;
}

/** A ledger as a sheet, logged and watermarked; full numbers only with another person's approval. */
export async function exportLedger(
  context: Context,
  input: ParsedOf<typeof contract.exportLedger>,
): Promise<FileAnswer> {
  const full = input.identities === 'full';
  const approval = full
    ? await useApproval(context, 'exportIdentities', { exportOf: 'ledger' }, { approvalId: input.approvalId })
    : null;
  const asked = askedOf(context, input);
  const { rows, total } = await read(context, asked, null);
  const lines = await shown(context, input.ledger, rows, full);
  const columns: ExportColumn[] = [
    { label: '序号', kind: 'number', width: 6 },
    ...columnsOf[input.ledger].map(([label, , width]): ExportColumn => ({
      label,
      width,
      ...(label.endsWith('日期') ? { kind: 'date' as const } : label === '证件号码' ? { kind: 'text' as const } : {}),
    })),
  ];
  const title = titles[input.ledger];
  const written = await sheetFile(`${title}_${asked.asked.day}.xlsx`, {
    title,
    note: `截至：${asked.asked.day}　导出日期：${context.today}${full ? '　含完整证件号码，请按规定保管' : ''}`,
    columns,
    rows: lines.map((line, index) => [index + 1, ...line.cells]),
    complete: { total },
    watermark: `${context.actor.name} ${chinaMoment(context.now, 'seconds')}${approval ? ` 批准人 ${approval.approvedBy}` : ''}`,
  });
  context.note({
    subjectKind: 'export',
    subjectId: `ledger.${input.ledger}`,
    ...(approval ? { reason: approval.purpose } : {}),
    detail: {
      rows: written.rows,
      complete: written.complete,
      identities: input.identities,
      approvalId: approval?.approvalId ?? null,
      asOf: asked.asked.day,
    },
  });
  return written.file;
}
