import { helpEndedOn, workSorts } from '#domain/books/work-record.ts';
import { helpKindWords, sortWordsOf } from '#domain/books/work-words.ts';
import type { Block, Picture } from '#server/documents/model.ts';
import { paperContent } from '#server/areas/papers/actions.ts';
import type { Context } from '#server/http/context.ts';
import { heading, linesOf, nothing, paperLine, table, type BookWork, type Opened } from './book-work.ts';
import type { SheetAsk } from './sheet.ts';
import { readStaffNames } from './store-records.ts';

type Span = SheetAsk & { from: string };

/** The numbers of headings of the second level. */
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The plans of the year; of a sort that has none of the year the newest one, which still holds. */
export function plansOf(work: BookWork, span: Span): Opened[] {
  const plans = work.records.filter((row) => row.kind === 'plan');
  return workSorts.plan.flatMap((sort) => {
    const own = plans.filter((row) => row.sort === sort).sort((a, b) => (a.day < b.day ? 1 : -1));
    const ofYear = own.filter((row) => row.day >= span.from);
    return ofYear.length > 0 ? ofYear : own.slice(0, 1);
  });
}

/** A name under which a picture is handed to the typesetter, told by its content. */
function pictureName(id: string, content: Buffer): string {
  return `record-${id}${content[0] === 0xff ? '.jpg' : '.png'}`;
}

/** The school's own plan of the work and the document of its leading group: text, scans as pictures, the names of all scans. Of the district which school has one. */
export async function planBlocks(
  context: Context,
  span: Span,
  work: BookWork,
): Promise<{ blocks: Block[]; pictures: Picture[] }> {
  const plans = plansOf(work, span);
  if (span.schoolId === null) {
    const rows = work.records.filter((row) => row.kind === 'plan');
    const blocks = [
      table(
        [3.4, 2.2, 2.6, 5],
        ['学校', '日期', '类别', '名称'],
        rows.map((row) => [row.school_name, row.day, sortWordsOf(row.sort), row.content.title]),
      ),
    ];
    return { blocks, pictures: [] };
  }
  if (plans.length === 0)
    return { blocks: [{ as: 'note', text: '尚未登记本校工作方案和领导小组文件。' }], pictures: [] };
  const blocks: Block[] = [];
  const pictures: Picture[] = [];
  for (const [index, row] of plans.entries()) {
    const { title, words, people } = row.content;
    const older = row.day < span.from ? '，上学年制订，仍在施行' : '';
    const by = people === '' ? '' : `　制订：${people}`;
    blocks.push(
      heading(`（${numerals[index] ?? String(index + 1)}）${title}`),
      { as: 'note', text: `${sortWordsOf(row.sort)}　${row.day}${older}　第 ${String(row.version)} 版${by}` },
      ...(words === '' ? [] : [{ as: 'text' as const, text: words }]),
    );
    const line = paperLine(work, row);
    if (line !== '') blocks.push({ as: 'note', text: line });
    for (const paper of work.papers.filter((one) => one.recordId === row.id && one.picture)) {
      const content = await paperContent(context, paper.id);
      if (content === null) continue;
      const name = pictureName(paper.id, content);
      pictures.push({ name, content });
      blocks.push({ as: 'pictures', whole: true, pictures: [{ file: name, caption: paper.words }] });
    }
  }
  return { blocks, pictures };
}

/** What a book says of the help to one pupil up to its day. */
function helpLines(work: BookWork, row: Opened, day: string): string {
  const entries = row.content.help.map((one, index) => ({ ...one, index })).filter((one) => one.day <= day);
  const results = entries.filter((one) => one.what !== 'contact');
  const last = entries.filter((one) => one.what === 'contact').at(-1);
  const scans = entries.map((one) => paperLine(work, row, 'help', one.index)).filter((one) => one !== '');
  return linesOf(
    entries.length === 0 ? '' : `帮扶 ${String(entries.length - results.length)} 次`,
    last === undefined ? '' : `最近 ${last.day}：${last.words}`,
    ...results.map((one) => `${helpKindWords[one.what]} ${one.day}：${one.words}`),
    ...scans,
  );
}

/** Help to pupils that goes on on the day or ended in the year. */
export function pairingsOf(work: BookWork, span: Span): { going: Opened[]; ended: Opened[] } {
  const pupils = new Set(work.roll.map((row) => row.childId));
  const rows = work.records.filter((row) => {
    const of = work.childrenOf.get(row.id) ?? [];
    return row.kind === 'pairing' && (span.level === 'all' || of.some((id) => pupils.has(id)));
  });
  const endedBy = (row: Opened) => {
    const end = helpEndedOn(row.content);
    return end !== null && end <= span.day ? end : null;
  };
  return {
    going: rows.filter((row) => endedBy(row) === null),
    ended: rows.filter((row) => (endedBy(row) ?? '') >= span.from),
  };
}

/** 双困生: how many in which difficulties, and of a school by name who helps, to what end, what was done (D§4.12). */
export async function pairingBlocks(context: Context, span: Span, work: BookWork): Promise<Block[]> {
  const { going, ended } = pairingsOf(work, span);
  const all = [...going, ...ended];
  if (all.length === 0) return [nothing];
  const difficulties = [...new Set(all.flatMap((row) => row.content.difficulties))];
  const having = (rows: readonly Opened[], one: string) => rows.filter((row) => row.content.difficulties.includes(one)).length; // prettier-ignore
  const result = (rows: readonly Opened[]) => rows.filter((row) => row.content.help.some((one) => one.what === 'termResult' && one.day <= span.day)).length; // prettier-ignore
  const counted = table(
    [4, 2.5, 2.5],
    ['困难类别', '帮扶中', '本学年结束'],
    [
      ...difficulties.map((one) => [one, String(having(going, one)), String(having(ended, one))]),
      ['合计（按人）', String(going.length), String(ended.length)],
    ],
  );
  if (span.schoolId === null) {
    const schools = [...new Set(all.map((row) => row.school_name))];
    const of = (rows: readonly Opened[], name: string) => rows.filter((row) => row.school_name === name);
    return [
      counted,
      table(
        [4, 2.2, 2.4, 3],
        ['学校', '帮扶中', '本学年结束', '已有学期成效'],
        schools.map((name) => [name, String(of(going, name).length), String(of(ended, name).length), String(result(of(all, name)))]), // prettier-ignore
      ),
    ];
  }
  const names = await readStaffNames(context.client, context.district, [...new Set(all.flatMap((row) => row.staff_ids))]); // prettier-ignore
  const pupils = new Map(work.roll.map((row) => [row.childId, row.name]));
  return [
    { as: 'note', text: '一人可有几类困难，合计按人计一次。' },
    counted,
    table(
      [1.8, 2.4, 2.4, 2, 3.6, 4.8],
      ['学生', '班级', '困难', '帮扶教师', '目标和措施', '帮扶记录和成效'],
      all.map((row) => [
        (work.childrenOf.get(row.id) ?? []).map((id) => pupils.get(id) ?? '已不在册').join('、'),
        row.class_name ?? '—',
        row.content.difficulties.join('、'),
        [...row.staff_ids.map((id) => names.get(id) ?? ''), row.content.people].filter((one) => one !== '').join('、'),
        linesOf(`自 ${row.day}`, row.content.title, row.content.words, paperLine(work, row)),
        helpLines(work, row, span.day),
      ]),
    ),
  ];
}
