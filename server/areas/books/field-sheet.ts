import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books-design.ts';
import { isId } from '#domain/basics/id.ts';
import { Failure } from '#domain/basics/failure.ts';
import { valueFault } from '#domain/books/rules.ts';
import { dayWords } from '#domain/notices/fill.ts';
import { openStoredFileTo, removeStoredFile, type StoredFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { findHeader } from '#server/spreadsheets/header.ts';
import { openSheet } from '#server/spreadsheets/read.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import { askedOf, unitOf } from './make.ts';
import { listFieldRows, readChildReach } from './store-design.ts';
import { readPupils } from './store-rows.ts';
import { valuesOf, writeValues, type Filled } from './values.ts';

/** The column by which a line names its child: the number of the record, nothing personal. */
const idLabel = '档案编号';

async function childFields(context: Context) {
  const fields = (await listFieldRows(context.client, context.district)).filter(
    (field) => field.active && field.subject === 'child',
  );
  if (fields.length === 0) throw new Failure('wrong-step', '还没有学生的自设字段，请先由区教育局在“册表”里设置。');
  return fields;
}

/** A sheet of a school with one line for each pupil and one column for each own field, filled as far as known. */
export async function fieldSheet(context: Context, input: { schoolId: string }): Promise<FileAnswer> {
  const fields = await childFields(context);
  const ask = await askedOf(context, { ...input, level: 'all', period: 'year' }, false);
  const pupils = await readPupils(context.client, context.district, ask);
  const values = await valuesOf(context, fields, null);
  const unit = await unitOf(context, input.schoolId);
  context.note({ subjectKind: 'export', subjectId: 'books.fields', detail: { schoolId: input.schoolId, rows: pupils.length } }); // prettier-ignore
  const { file } = await sheetFile(`自设字段填报表_${unit}_${context.today}.xlsx`, {
    title: '自设字段填报表',
    unit,
    counting: '单位：人',
    day: `截至 ${dayWords(context.today)}`,
    note: `注：请勿改动“${idLabel}”。日期填 2026-09-01 的样式；选项只能填：${fields.filter((field) => field.kind === 'choice').map((field) => `${field.name}（${field.choices.join('、')}）`).join('；') || '无'}。`, // prettier-ignore
    columns: [
      { label: '序号', kind: 'number', width: 6 },
      { label: '年级班级', width: 14 },
      { label: '姓名', width: 12 },
      ...fields.map((field) => ({ label: field.name, width: 18, kind: 'text' as const })),
      { label: idLabel, width: 38, kind: 'text' },
    ],
    rows: pupils.map((pupil, index) => [
      index + 1,
      pupil.className ?? '',
      pupil.name,
      ...fields.map((field) => values.get(pupil.childId)?.get(field.id) ?? ''),
      pupil.childId,
    ]),
    complete: { total: pupils.length },
    watermark: `${context.actor.name} ${context.today} 导出`,
  });
  return file;
}

/** The lines of a handed-in sheet: row, id of the child, and what stands under each field that the sheet has. */
async function linesOf(context: Context, stored: StoredFile, fileName: string, names: readonly string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-fields-'));
  try {
    const file = path.join(folder, 'sheet');
    const { keys, config } = context.platform;
    await openStoredFileTo(keys, config.dataDirectory, stored.storedName, file);
    const rows = [];
    for await (const batch of (await openSheet(file, { fileName })).rows()) rows.push(...batch);
    const specs = [
      { key: idLabel, label: idLabel, required: true },
      ...names.map((name) => ({ key: name, label: name })),
    ];
    const head = findHeader(rows, specs);
    const idCell = head?.map.get(idLabel);
    if (!head || idCell === undefined)
      throw new Failure('file-columns-missing', `没有找到“${idLabel}”一栏，请用本平台导出的填报表填写后交回。`);
    return {
      names: names.filter((name) => head.map.has(name)),
      lines: rows
        .filter((row) => row.number > head.rowNumber)
        .map((row) => ({
          row: row.number,
          id: (row.cells[idCell] ?? '').trim(),
          cellOf: (name: string) => (row.cells[head.map.get(name) ?? -1] ?? '').trim(),
        }))
        // notes and places to sign behind the table hold no number of a record
        .filter((line) => line.id !== ''),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes a filled sheet: lines within reach count, others are named with the reason; a column that the sheet lacks stays as it is. */
export async function takeFieldSheet(
  context: Context,
  input: { fileName: string },
  stored: StoredFile,
): Promise<OutputOf<typeof contract.takeFieldSheet>> {
  const fields = await childFields(context);
  const { lines, names } = await linesOf(context, stored, input.fileName, fields.map((field) => field.name)); // prettier-ignore
  const asked = fields.filter((field) => names.includes(field.name));
  const ids = lines.map((line) => line.id).filter((id) => isId(id));
  const reach = await readChildReach(context.client, context.district, ids);
  const refused: { row: number; words: string }[] = [];
  const filled = new Map<string, Filled>();
  for (const line of lines) {
    const mine = reach.get(line.id);
    const values = asked.map((field) => ({ field, value: line.cellOf(field.name) }));
    const fault = values.map(({ field, value }) => valueFault(field, value)).find((words) => words !== null);
    if (!mine) refused.push({ row: line.row, words: '没有找到这个档案编号的学生，或不在您的管理范围内。' });
    else if (filled.has(line.id)) refused.push({ row: line.row, words: '这名学生在表中出现了两次，只收第一次。' });
    else if (fault !== undefined) refused.push({ row: line.row, words: fault });
    else filled.set(line.id, { subject: 'child', id: line.id, reach: mine, values });
  }
  const changed = await writeValues(context, [...filled.values()]);
  await removeStoredFile(context.platform.config.dataDirectory, stored.storedName);
  context.note({ subjectKind: 'ownField', detail: { rows: lines.length, changed, refused: refused.length } });
  return { rows: lines.length, changed, refused: refused.slice(0, 200) };
}
