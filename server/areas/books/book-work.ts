import { isOfLevel } from '#domain/books/rules.ts';
import { aidLists, isLate, workSorts, type PaperPlace, type WorkContent } from '#domain/books/work-record.ts';
import { sortWordsOf, workStateWords } from '#domain/books/work-words.ts';
import { childTagWords } from '#domain/population/words.ts';
import { planKindWords } from '#domain/visits/words.ts';
import type { Block } from '#server/documents/model.ts';
import { papersNamed } from '#server/areas/papers/actions.ts';
import type { Context } from '#server/http/context.ts';
import { openRecord } from './record-versions.ts';
import { rateWords } from './scope-rows.ts';
import type { SheetAsk } from './sheet.ts';
import { readRecordPapers } from './store-record-papers.ts';
import { readRecords, type WorkRow } from './store-records.ts';
import { readChildrenOf, readListed, readPlans, readRoll, type RollRow } from './store-work.ts';

type Span = SheetAsk & { from: string };
/** A work record with what it says. */
export type Opened = WorkRow & { content: WorkContent };

/** A scan of a record as a book names it; void by the moment of the book it says so. */
export interface BookPaper {
  recordId: string;
  id: string;
  place: PaperPlace;
  entry: number;
  words: string;
  picture: boolean;
}

/** The work records of a school year with the roll, read once for every part of a book that needs them. */
export interface BookWork {
  roll: RollRow[];
  records: Opened[];
  childrenOf: ReadonlyMap<string, readonly string[]>;
  /** Whose letter was signed, by the layer of the letter. */
  signed: ReadonlyMap<string, ReadonlySet<string>>;
  signedStaff: ReadonlySet<string>;
  papers: readonly BookPaper[];
}

/** Where nothing is to be said of the year. */
export const nothing: Block = { as: 'note', text: '本期无。' };
/** A heading of the second level: （一）…. */
export const heading = (text: string): Block => ({ as: 'heading', level: 2, text });

/** A table of a book, or that there is nothing. */
export function table(widths: readonly number[], head: readonly string[], rows: readonly (readonly string[])[]): Block {
  return rows.length === 0 ? nothing : { as: 'table', size: 10, widths, head, rows };
}

/** The scans of some versions, each named by its file and the first eight places of its fingerprint. */
async function readPapers(context: Context, ids: readonly string[], knownAt: string): Promise<BookPaper[]> {
  const links = await readRecordPapers(context.client, context.district, ids);
  const papers = new Map((await papersNamed(context, links.map((one) => one.paperId))).map((one) => [one.id, one])); // prettier-ignore
  return links.flatMap(({ recordId, paperId, place, entry }) => {
    const paper = papers.get(paperId);
    if (!paper) return [];
    const isVoid = paper.voided !== null && paper.voided.at.replace('Z', '') <= knownAt;
    const words = `${paper.fileName}（${paper.fingerprint.slice(0, 8)}${isVoid ? '，已作废' : ''}）`;
    return [{ recordId, id: paperId, place, entry, words, picture: !isVoid && paper.contentType !== 'application/pdf' }]; // prettier-ignore
  });
}

/** The line that names the scans of a record, or of one of its places; empty where there is none. */
export function paperLine(work: BookWork, row: Opened, place: PaperPlace = 'record', entry = 0): string {
  const own = work.papers.filter((one) => one.recordId === row.id && one.place === place && one.entry === entry);
  return own.length === 0 ? '' : `附：${own.map((one) => one.words).join('、')}`;
}

/** Lines of a cell, those without words left out; a stroke where nothing stays. */
export function linesOf(...lines: readonly string[]): string {
  return lines.filter((one) => one !== '').join('\n') || '—';
}

/** Reads the roll of the day and the work records of the year, as known then. */
export async function readWork(context: Context, span: Span): Promise<BookWork> {
  const { client, district } = context;
  const roll = (await readRoll(client, district, span)).filter((row) => isOfLevel(row.grade, span.level));
  const rows = await readRecords(client, district, span);
  const records = rows.map((row) => ({ ...row, content: openRecord(context, row) }));
  const childrenOf = new Map<string, string[]>();
  for (const { recordId, childId } of await readChildrenOf(
    client,
    district,
    rows.map((row) => row.id),
  ))
    // prettier-ignore
    childrenOf.set(recordId, [...(childrenOf.get(recordId) ?? []), childId]);
  const letters = records.filter((row) => row.kind === 'letter');
  const papers = await readPapers(context, rows.map((row) => row.id), span.knownAt); // prettier-ignore
  const signed = new Map(
    workSorts.letter.map((sort) => [
      sort,
      new Set(letters.filter((row) => row.sort === sort).flatMap((row) => childrenOf.get(row.id) ?? [])),
    ]),
  );
  const signedStaff = new Set(letters.flatMap((row) => row.staff_ids));
  return { roll, records, childrenOf, signed, signedStaff, papers };
}

/** The aid that each pupil was given in the year: form and day. */
function aidByChild(work: BookWork): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const row of work.records.filter((one) => one.kind === 'aid'))
    for (const child of work.childrenOf.get(row.id) ?? [])
      given.set(child, [...(given.get(child) ?? []), `${row.content.title}（${sortWordsOf(row.sort)}，${row.day}）`]);
  return given;
}

const listWords = (lists: readonly string[]): string[] =>
  lists.map((list) => Object.entries(childTagWords).find(([id]) => id === list)?.[1] ?? list);

/** Pupils on aid and care lists and the aid that was given them; of a school by name, of the district by list and school. */
export async function aidBlocks(context: Context, span: Span, work: BookWork): Promise<Block[]> {
  const listed = new Map((await readListed(context.client, context.district, span, aidLists)).map((row) => [row.childId, row.lists])); // prettier-ignore
  const given = aidByChild(work);
  const concerned = work.roll.filter((row) => listed.has(row.childId) || given.has(row.childId));
  const lists = [...new Set(concerned.flatMap((row) => listed.get(row.childId) ?? []))].sort();
  const line = (pupils: readonly RollRow[]) => {
    const aided = pupils.filter((row) => given.has(row.childId)).length;
    return [String(pupils.length), String(aided), String(pupils.length - aided)];
  };
  const byList = lists.map((list) => [
    listWords([list])[0] ?? list,
    ...line(work.roll.filter((row) => listed.get(row.childId)?.includes(list) === true)),
  ]);
  const onAny = work.roll.filter((row) => listed.has(row.childId));
  const records = work.records.filter((row) => row.kind === 'aid');
  const blocks: Block[] = [
    heading('（一）名单和资助人数'),
    table(
      [4, 2.5, 2.5, 3],
      ['名单', '在册学生', '已登记资助', '尚无资助登记'],
      byList.length === 0 ? [] : [...byList, ['合计（按人）', ...line(onAny)]],
    ),
    { as: 'note', text: '一人可在几个名单上，合计按人计一次。残疾和健康名单属封闭信息，不列入本册。' },
    heading('（二）资助登记'),
    table(
      [2, ...(span.schoolId === null ? [3] : []), 2.4, 3.6, 1.4, 3],
      ['日期', ...(span.schoolId === null ? ['学校'] : []), '形式', '项目', '人数', '来源和说明'],
      records.map((row) => [
        row.day,
        ...(span.schoolId === null ? [row.school_name] : []),
        sortWordsOf(row.sort),
        row.content.title,
        String(work.childrenOf.get(row.id)?.length ?? 0),
        linesOf(row.content.words, paperLine(work, row)),
      ]),
    ),
  ];
  if (span.schoolId === null) {
    const schools = [...new Set(work.roll.map((row) => row.schoolName))];
    const rows = schools.map((name) => [name, ...line(onAny.filter((row) => row.schoolName === name))]);
    return [...blocks, heading('（三）各校'), table([4, 2.5, 2.5, 3], ['学校', '名单上的学生', '已登记资助', '尚无资助登记'], rows)]; // prettier-ignore
  }
  return [
    ...blocks,
    heading('（三）学生名单'),
    table(
      [2, 2.6, 3.6, 4.6],
      ['姓名', '班级', '所在名单', '本学年资助'],
      concerned.map((row) => [
        row.name,
        row.className ?? '—',
        listWords(listed.get(row.childId) ?? []).join('、') || '—',
        given.get(row.childId)?.join('；') ?? '—',
      ]),
    ),
  ];
}

/** Propaganda and activities held, how many pupils they were held for, and the plans of visits with how many were met. */
export async function activityBlocks(context: Context, span: Span, work: BookWork): Promise<Block[]> {
  const whole = span.schoolId === null;
  const activities = work.records.filter((row) => row.kind === 'activity');
  const pupilsOf = (row: Opened) =>
    work.roll.filter((one) => one.schoolId === row.school_id && (row.class_id === null || one.classId === row.class_id)).length; // prettier-ignore
  const plans = await readPlans(context.client, context.district, span);
  return [
    heading('（一）宣传教育和集体活动'),
    table(
      [2.1, ...(whole ? [2.8] : []), 2, 3.6, 2.9, 1.9, 2.1],
      ['日期', ...(whole ? ['学校'] : []), '形式', '内容', '范围', '在册人数', '负责人'],
      activities.map((row) => [
        row.day,
        ...(whole ? [row.school_name] : []),
        sortWordsOf(row.sort),
        linesOf([row.content.title, row.content.words].filter((one) => one !== '').join('：'), paperLine(work, row)),
        row.class_name ?? '全校',
        String(pupilsOf(row)),
        row.content.people || '—',
      ]),
    ),
    { as: 'note', text: '在册人数为活动范围内截至日的在册学生，由花名册计算。' },
    heading('（二）集中走访'),
    table(
      [...(whole ? [3] : []), 3.4, 1.8, 3.6, 1.6, 1.6, 2],
      [...(whole ? ['学校'] : []), '计划', '种类', '起止', '应访', '已访', '覆盖率'],
      plans.map((row) => [
        ...(whole ? [row.schoolName] : []),
        row.name,
        Object.entries(planKindWords).find(([kind]) => kind === row.kind)?.[1] ?? row.kind,
        `${row.fromDate} 至 ${row.toDate}`,
        String(row.children),
        String(row.met),
        rateWords(row.children === 0 ? null : (row.met / row.children) * 100),
      ]),
    ),
  ];
}

/** Inspections with what they found, until when it was to be mended, what was done and what the recheck said. */
export function inspectionBlocks(span: Span, work: BookWork): Block[] {
  const inspections = work.records.filter((row) => row.kind === 'inspection');
  const found = inspections.filter((row) => row.content.findings.length > 0);
  const count = (state: string) => String(found.filter((row) => row.state === state).length);
  const late = found.filter((row) => isLate({ state: row.state, dueDate: row.due_date }, span.day)).length;
  if (inspections.length === 0) return [nothing];
  const whole = span.schoolId === null;
  return [
    {
      as: 'plain',
      text: `本学年督查 ${String(inspections.length)} 次，其中发现问题 ${String(found.length)} 次：待整改 ${count('open')} 次（超过期限 ${String(late)} 次），已整改待复查 ${count('mended')} 次，已办结 ${count('settled')} 次。`,
    },
    {
      as: 'table',
      size: 10,
      widths: [2.2, ...(whole ? [2.6] : []), 3, 3.6, 3.8, 2],
      head: ['日期', ...(whole ? ['学校'] : []), '督查内容和人员', '发现的问题', '整改和复查', '状态'],
      rows: inspections.map((row) => {
        const { title, people, findings, mended, rechecked } = row.content;
        const done = linesOf(
          row.due_date === null ? '' : `期限 ${row.due_date}`,
          mended === null ? '' : `${mended.day} ${mended.byName}：${mended.words}`,
          paperLine(work, row, 'mended'),
          rechecked === null ? '' : `${rechecked.day} 复查${rechecked.passed ? '通过' : '未通过'}，${rechecked.byName}：${rechecked.words}`, // prettier-ignore
          paperLine(work, row, 'rechecked'),
        );
        return [
          row.day,
          ...(whole ? [row.school_name] : []),
          linesOf(sortWordsOf(row.sort), title, people, paperLine(work, row)),
          findings.length === 0
            ? '未发现问题'
            : findings.map((one, index) => `${String(index + 1)}. ${one}`).join('\n'),
          done,
          isLate({ state: row.state, dueDate: row.due_date }, span.day) ? '待整改，已超期' : workStateWords[row.state],
        ];
      }),
    },
  ];
}
