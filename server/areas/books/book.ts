import { createHash } from 'node:crypto';
import { schoolYearOf, schoolYearStart, schoolYearWords } from '#domain/basics/school-year.ts';
import type { BookId, SheetId } from '#domain/books/record.ts';
import { bookLevelWords, bookWords } from '#domain/books/words.ts';
import { dayWords } from '#domain/notices/fill.ts';
import { formulas } from '#domain/statistics/formulas.ts';
import type { Block, Book, Picture } from '#server/documents/model.ts';
import type { Pdf, Renderer } from '#server/documents/render.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { cockpitBlocks, figureBlocks, scopeTable } from './book-figures.ts';
import { dutyBlocks } from './book-duty.ts';
import { absenceBlocks, entryBlocks } from './book-entry.ts';
import { pairingBlocks, planBlocks } from './book-plan.ts';
import { documentBlocks, reportedBlocks, signedBlocks, visitBlocks } from './book-records.ts';
import { resultBlocks } from './book-results.ts';
import { activityBlocks, aidBlocks, inspectionBlocks, readWork } from './book-work.ts';
import { makeSheet, unitOf, type MadeSheet } from './make.ts';
import { imprintOf, momentWords, proofOf, tableOf } from './print.ts';
import type { SheetAsk } from './sheet.ts';

type Section = Book['sections'][number];

/** A book that was made, before it is laid out. */
export interface MadeBook {
  ask: SheetAsk;
  title: string;
  unit: string;
  cover: Book['cover'];
  sections: Section[];
  /** Scans that stand in it as pictures. */
  pictures: Picture[];
  fingerprint: string;
}

/** What the platform does not record yet and offices put behind the book on paper. */
const onPaper = ['PDF 扫描件的打印件', '未扫描的纸质原件', '入学通知书存根和送达回证'];

/** Sections of each book in their order; a sheet stands whole, on pages lying on their side. */
const sheetsOf: Record<BookId, readonly SheetId[]> = {
  schoolBook: ['suspected', 'dropout', 'persuasion', 'changes', 'table1', 'table2', 'table3', 'schoolAge', 'roster'],
  districtBook: ['suspected', 'dropout', 'persuasion', 'changes', 'table1', 'table2', 'table3'],
};

/** Of a sheet that needs a large page alone, the columns that stand in a book. */
const inBook: Partial<Record<SheetId, readonly string[]>> = {
  schoolAge: ['name', 'sex', 'ethnicity', 'birthDate', 'document', 'guardian', 'phone', 'address', 'study', 'school', 'class', 'state'], // prettier-ignore
  persuasion: ['name', 'document', 'school', 'class', 'away', 'guardian', 'phone', 'reason', 'whereabouts', 'round', 'count', 'day', 'actor', 'words', 'record', 'state'], // prettier-ignore
};

/** A sheet with the columns that it has in a book. */
function narrowed(made: MadeSheet, id: SheetId): MadeSheet {
  const kept = inBook[id];
  const stands = made.columns.map(
    (column) => kept === undefined || kept.includes(column.id) || column.id.startsWith('own:'),
  );
  return {
    ...made,
    columns: made.columns.filter((_column, index) => stands[index]),
    rows: made.rows.map((row) => row.filter((_cell, index) => stands[index])),
  };
}

async function sheetSection(context: Context, id: SheetId, ask: SheetAsk): Promise<Section> {
  const made = narrowed(await makeSheet(context, id, ask), id);
  const above: Block = { as: 'note', text: `${made.definition.counting}　共 ${String(made.rows.length)} 行　截至 ${dayWords(ask.day)}` }; // prettier-ignore
  const note: Block = { as: 'note', text: `注：${made.definition.note}` };
  return {
    title: made.title.replace('　', ' '),
    wide: true,
    blocks: made.rows.length === 0 ? [above, { as: 'note', text: '本期无。' }] : [above, tableOf(made, 261), note],
  };
}

/** The first sections of the district's book: its figures, and the counts of levels, schools and streets. */
async function districtHead(context: Context, ask: SheetAsk): Promise<Section[]> {
  const figures = [...(await figureBlocks(context, ask)), ...(await cockpitBlocks(context, ask))];
  return [
    { title: '目标与指标', blocks: figures },
    { title: '各学段', blocks: await scopeTable(context, ask, 'level'), ownPage: true },
    { title: '各学校', blocks: await scopeTable(context, ask, 'school'), ownPage: true },
    { title: '各街道（按居住地）', blocks: await scopeTable(context, ask, 'street'), ownPage: true },
  ];
}

/** The first sections of a school's book: what it is, its figures, and the counts of grades and classes. */
async function schoolHead(context: Context, ask: SheetAsk): Promise<Section[]> {
  const school = (await schoolsOf(context)).find((one) => one.id === ask.schoolId);
  const pair = (left: [string, string], right: [string, string]) => ({
    cells: [left, right].map(([label, text]) => ({ label, text, span: 4 })),
  });
  const basics: Block = {
    as: 'grid',
    columns: 12,
    rows: [
      pair(['学校', school?.name ?? ''], ['标识码', school?.code ?? '']),
      pair(['截至日', dayWords(ask.day)], ['学段', bookLevelWords[ask.level]]),
    ],
  };
  return [
    { title: '基本情况与目标', blocks: [basics, ...(await figureBlocks(context, ask))] },
    { title: '各年级人数与变动', blocks: await scopeTable(context, ask, 'schoolGrade'), ownPage: true },
    { title: '各班级人数与变动', blocks: await scopeTable(context, ask, 'class'), ownPage: true },
  ];
}

/** Makes a book of what is asked; its figures are answers of statistics, its lists those of the sheets. */
export async function makeBook(
  context: Context,
  id: BookId,
  asked: SheetAsk,
  tell: (done: number, step: string) => Promise<void> = () => Promise.resolve(),
): Promise<MadeBook> {
  const ask: SheetAsk = { ...asked, period: 'year', schoolId: id === 'districtBook' ? null : asked.schoolId };
  const unit = await unitOf(context, ask.schoolId);
  const from = schoolYearStart(ask.day);
  const span = { ...ask, from };
  await tell(0, '统计指标');
  const work = await readWork(context, span);
  const plan = await planBlocks(context, span, work);
  const sections: Section[] = [
    { title: id === 'districtBook' ? '各校工作方案' : '工作方案和领导小组', blocks: plan.blocks },
  ];
  const [first, ...rest] = await (id === 'districtBook' ? districtHead : schoolHead)(context, ask);
  if (first) sections.push({ ...first, ownPage: true }, ...rest);
  sections.push(
    { title: '责任和责任书', blocks: await dutyBlocks(context, span, work), ownPage: true },
    { title: '入学通知和未报到', blocks: await entryBlocks(context, span, work), ownPage: true },
    { title: '考勤和缺课', blocks: await absenceBlocks(context, span) },
    { title: '辍学和疑似辍学报告', blocks: await reportedBlocks(context, span), ownPage: true },
    { title: '走访', blocks: await visitBlocks(context, span) },
    { title: '文书', blocks: await documentBlocks(context, span) },
    { title: '资助', blocks: await aidBlocks(context, span, work), ownPage: true },
    { title: '双困生帮扶', blocks: await pairingBlocks(context, span, work), ownPage: true },
    { title: '周、月、学期报告', blocks: await signedBlocks(context, span), ownPage: true },
    { title: '宣传和活动', blocks: await activityBlocks(context, span, work), ownPage: true },
    { title: '督查和整改', blocks: inspectionBlocks(span, work), ownPage: true },
    { title: '工作成效', blocks: await resultBlocks(context, span, work), ownPage: true },
  );
  for (const [index, sheet] of sheetsOf[id].entries()) {
    const section = await sheetSection(context, sheet, ask);
    await tell(index + 1, section.title);
    sections.push(section);
  }
  sections.push({
    title: '另附纸质材料',
    ownPage: true,
    blocks: [
      { as: 'text', text: '下列材料请附纸质件并填写份数和存放处。' },
      {
        as: 'table',
        widths: [6, 2, 4],
        head: ['材料', '份数', '存放处'],
        rows: onPaper.map((words) => [words, '', '']),
      },
    ],
  });
  const cover = [
    { label: '单位', value: unit },
    { label: '学年', value: schoolYearWords(schoolYearOf(ask.day)) },
    { label: '截至', value: dayWords(ask.day) },
    { label: '获知至', value: momentWords(ask.knownAt) },
  ];
  const { day, knownAt, level, schoolId } = ask;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([id, schoolId, day, knownAt, level, cover, sections]))
    .digest('hex');
  sections.push({
    title: '数据指纹',
    blocks: [
      { as: 'note', text: proofOf(fingerprint, { ask }).replaceAll('　', '\n') },
      {
        as: 'note',
        text: `指标公式：${Object.values(formulas).map((one) => `${one.name} 第 ${String(one.version)} 版`).join('，')}。`, // prettier-ignore
      },
    ],
  });
  return { ask, title: bookWords[id], unit, cover, sections, pictures: plan.pictures, fingerprint };
}

/** How many steps the making of a book has, laying out included. */
export function stepsOf(id: BookId): number {
  return sheetsOf[id].length + 2;
}

/** A section in which what should stand as a picture is only named. */
function withoutPictures(section: Section): Section {
  const blocks = section.blocks.map((block): Block => block.as !== 'pictures' ? block : { as: 'note', text: `这份扫描件排不进本册，见原件：${block.pictures.map((one) => one.caption).join('、')}` }); // prettier-ignore
  return { ...section, blocks };
}

/** A book as a PDF; a scan that cannot be laid out is named, and the book is made without it. */
export async function printBook(render: Renderer['render'], made: MadeBook, maker: string): Promise<Pdf> {
  const paper = (sections: readonly Section[]) => ({
    layout: 'book' as const,
    title: made.title,
    to: `${made.unit}　控辍保学`,
    cover: made.cover,
    sections,
    imprint: imprintOf(maker, made, null),
    close: { unit: made.unit, day: dayWords(made.ask.day), seal: '（盖章）', signers: [] },
  });
  try {
    return await render([paper(made.sections)], made.pictures);
  } catch (error) {
    if (made.pictures.length === 0) throw error;
    return render([paper(made.sections.map(withoutPictures))]);
  }
}
