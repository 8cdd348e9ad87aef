import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance-first-day.ts';
import { byReasonWords } from '#domain/attendance/first-day.ts';
import { firstDayReasonWords } from '#domain/attendance/words.ts';
import { notFound } from '#domain/basics/failure.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Block, Form } from '#server/documents/model.ts';
import { renderPdf } from '#server/documents/render.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { firstDayAt, type FirstDay } from './first-day.ts';
import { countsOf, type ClassView, type Counts } from './first-day-view.ts';
import { classesNow, frozenView, schoolInReach } from './first-day-school.ts';
import { listSigned } from './store-first-day-kept.ts';

/** A list to be printed: as it was signed, or as the records stand. */
interface Printed {
  classes: readonly ClassView[];
  counts: Counts;
  signed: { version: number; name: string; at: string; reason: string | null } | null;
}

const joined = (label: string, words: string): string => (words === '' ? label : `${label}：${words}`);

function classTable(classes: readonly ClassView[]): Block {
  return {
    as: 'table',
    widths: [5, 2, 2, 2, 2, 3, 4],
    head: ['班级', '应到', '到校', '未到', '待说明', '核对', '核对人'],
    rows: classes.map((row) => {
      const open = row.missing.filter(({ entry }) => entry === null).length;
      const state = row.done ? '已完成' : row.marked ? '未完成' : '未点名';
      return [row.className, row.onRoll, row.present, row.missing.length - open, open, state, row.doneName ?? ''].map(String); // prettier-ignore
    }),
    size: 10,
    centredFrom: 1,
  };
}

function missingTable(classes: readonly ClassView[]): Block {
  return {
    as: 'table',
    widths: [4, 3, 3, 6, 6, 3],
    head: ['班级', '姓名', '点名', '原因', '去向', '登记人'],
    rows: classes.flatMap((row) =>
      row.missing.map(({ name, markWords, entry }) => [
        row.className,
        name,
        markWords,
        entry ? joined(entry.reasonLabel, entry.reasonWords) : '未说明',
        entry ? joined(entry.whereaboutsLabel, entry.whereaboutsWords) : '未说明',
        entry?.enteredName ?? '',
      ]),
    ),
    size: 10,
  };
}

function elsewhereTable(classes: readonly ClassView[]): Block {
  return {
    as: 'table',
    widths: [4, 3, 8],
    head: ['班级', '姓名', '情况'],
    rows: classes.flatMap((row) => row.elsewhere.map(({ name, words }) => [row.className, name, words])),
    size: 10,
  };
}

function summaryWords(counts: Counts): string {
  const reasons = byReasonWords(counts.byReason, firstDayReasonWords);
  const told = counts.absent === 0 ? '' : `，其中${reasons}`;
  const open = counts.open === 0 ? '' : `；未到且未说明 ${String(counts.open)} 人`;
  const elsewhere = counts.elsewhere === 0 ? '' : `；休学或在他处就读 ${String(counts.elsewhere)} 人，不计入应到`;
  return `全校 ${String(counts.classes)} 个班，已核对 ${String(counts.done)} 个；应到 ${String(counts.onRoll)} 人，到校 ${String(counts.present)} 人，未到已说明 ${String(counts.absent)} 人${told}${open}${elsewhere}。`;
}

/** The list as a paper, with its line to sign. */
function paperOf(unit: string, { term, day }: FirstDay, printed: Printed): Form {
  const { classes, counts, signed } = printed;
  const heading = (text: string): Block => ({ as: 'heading', level: 2, text });
  const blocks: Block[] = [{ as: 'text', text: summaryWords(counts) }, heading('各班'), classTable(classes)];
  if (classes.some((row) => row.missing.length > 0)) blocks.push(heading('未到校学生'), missingTable(classes));
  if (counts.elsewhere > 0) blocks.push(heading('休学或在他处就读'), elsewhereTable(classes));
  if (signed !== null && signed.reason !== null) blocks.push({ as: 'plain', text: `校长说明：${signed.reason}` });
  if (signed) blocks.push({ as: 'signatures', signers: [{ label: '校长', name: signed.name }] });
  const small = signed
    ? `第 ${String(signed.version)} 版，${signed.at}签。名单按签时的内容固定。`
    : '草稿：内容随点名和登记变化，以校长签为准。';
  return {
    layout: 'form',
    title: `${term.name}开学首日到校核对名单`,
    number: null,
    to: `填报单位：${unit}　　首日：${day}　　状态：${signed ? '已签' : '未签'}`,
    blocks: [...blocks, { as: 'note', text: small }],
    close: null,
    ...(signed ? {} : { watermark: '草稿' }),
  };
}

async function printedOf(
  context: Context,
  first: FirstDay,
  schoolId: string,
  version: number | undefined,
): Promise<Printed> {
  const rows = await listSigned(context.client, context.district, schoolId, first.day);
  const row = version === undefined ? rows.at(-1) : rows.find((one) => one.version === version);
  if (row) {
    const { classes, counts, signedName, signedAt, reason } = frozenView(context, row);
    const at = chinaMoment(new Date(signedAt));
    return { classes, counts, signed: { version: row.version, name: signedName, at, reason } };
  }
  if (version !== undefined) throw notFound('这一版名单');
  const classes = await classesNow(context, first, schoolId);
  return { classes, counts: countsOf(classes), signed: null };
}

/** The list of a school as a PDF: a version as it was signed, the last where none is named, or a draft where nothing is signed. */
export async function exportFirstDay(
  context: Context,
  input: ParsedOf<typeof contract.exportFirstDay>,
): Promise<FileAnswer> {
  const school = await schoolInReach(context, input.schoolId);
  const first = await firstDayAt(context, input.day);
  const printed = await printedOf(context, first, school.id, input.version);
  const paper = paperOf(school.name, first, printed);
  const pdf = await renderPdf(context.platform.config.dataDirectory, [paper]);
  context.note({
    subjectKind: 'export',
    subjectId: `firstDay.${school.id}`,
    detail: { day: first.day, version: printed.signed?.version ?? 0, rows: printed.counts.onRoll },
  });
  return {
    fileName: `${school.name}_${first.term.name}开学首日到校核对名单_${first.day}.pdf`,
    contentType: 'application/pdf',
    body: Buffer.from(pdf.content),
  };
}
