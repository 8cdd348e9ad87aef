import { roleWords, type Role } from '#domain/basics/roles.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import { sortWordsOf } from '#domain/books/work-words.ts';
import { clauses } from '#domain/duties/clauses.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import type { Block } from '#server/documents/model.ts';
import type { Context } from '#server/http/context.ts';
import { heading, linesOf, nothing, paperLine, table, type BookWork } from './book-work.ts';
import { rateWords } from './scope-rows.ts';
import type { SheetAsk } from './sheet.ts';
import { countDuties, readPosts, type PostRow, type RollRow } from './store-work.ts';

type Span = SheetAsk & { from: string };

const namesOf = (posts: readonly PostRow[]) => [...new Set(posts.map((one) => one.name))].join('、');

/** Who answers for what: posts of the school or bureau by role. */
function personBlocks(posts: readonly PostRow[], schoolId: string | null): Block[] {
  const wanted: readonly Role[] =
    schoolId === null
      ? ['bureauLeader', 'bureauOfficer', 'principal', 'registrar', 'schoolOfficer', 'classTeacher']
      : ['principal', 'registrar', 'schoolOfficer', 'classTeacher'];
  const rows = wanted.map((role) => {
    const held = posts.filter((one) => one.role === role);
    const count = new Set(held.map((one) => one.staffId)).size;
    const spelled = schoolId === null && role !== 'bureauLeader' && role !== 'bureauOfficer';
    const words = spelled || role === 'classTeacher' ? '见后表' : namesOf(held);
    return [roleWords[role], String(count), count === 0 ? '未任命' : words];
  });
  return [{ as: 'table', widths: [3, 2, 7], head: ['岗位', '人数', '姓名'], rows }];
}

/** What each clause of the plan asks, whose it is level by level, and how its duties of the year were done. */
async function clauseBlocks(context: Context, span: Span): Promise<Block[]> {
  const counted = await countDuties(context.client, context.district, span);
  const rows = dutyRuleIds.flatMap((id) => {
    const found = counted.find((one) => one.rule === id);
    if (!found) return [];
    const rule = dutyRules[id];
    const clause = clauses.find((one) => one.id === rule.clause)?.title ?? '';
    return [
      [
        `${rule.clause} ${clause}`,
        rule.title,
        rule.ladder.map((role) => roleWords[role]).join('→'),
        ...[found.due, found.inTime, found.late, found.open, found.climbed].map(String),
      ],
    ];
  });
  if (rows.length === 0) return [nothing];
  return [
    {
      as: 'table',
      size: 9,
      widths: [3.4, 3.4, 4.2, 1.3, 1.3, 1.3, 1.3, 1.3],
      head: ['方案条款', '任务', '责任人逐级', '到期', '按期', '逾期办', '未办', '升级'],
      rows,
      centredFrom: 3,
    },
    { as: 'note', text: '到期任务为本学年至截至日到期的任务，免办的不计；升级为逾期后报上一级的任务。' },
  ];
}

/** How many of some pupils are among those whose letter was signed. */
function signedOf(pupils: readonly RollRow[], signed: ReadonlySet<string> | undefined): string {
  const count = pupils.filter((one) => signed?.has(one.childId) === true).length;
  const rate = pupils.length === 0 ? null : (count / pupils.length) * 100;
  return `${String(count)}/${String(pupils.length)}（${rateWords(rate)}）`;
}

/** Letters signed, class by class, of a school. */
function classLetters(posts: readonly PostRow[], work: BookWork): Block[] {
  const classes = new Map<string, RollRow[]>();
  for (const row of work.roll) classes.set(row.classId ?? '', [...(classes.get(row.classId ?? '') ?? []), row]);
  if (classes.size === 0) return [nothing];
  const rows = [...classes].map(([id, pupils]) => {
    const teachers = posts.filter((one) => one.role === 'classTeacher' && one.classId === id);
    const signed = teachers.filter((one) => work.signedStaff.has(one.staffId));
    return [
      pupils[0]?.className ?? '未分班',
      namesOf(teachers) || '未任命',
      teachers.length === 0 ? '—' : signed.length === teachers.length ? '已签' : '未签',
      signedOf(pupils, work.signed.get('teacherGuardian')),
      signedOf(pupils, work.signed.get('guardianPupil')),
    ];
  });
  return [
    {
      as: 'table',
      size: 10,
      widths: [3, 2.4, 2, 3.2, 3.2],
      head: ['班级', '班主任', '学校与教师', '教师与家长', '家长与学生'],
      rows,
      centredFrom: 2,
    },
    { as: 'note', text: '已签／在册学生，按本学年登记的责任书逐名计算。' },
  ];
}

/** Letters signed, school by school. */
function schoolLetters(posts: readonly PostRow[], work: BookWork): Block[] {
  const schools = new Map<string, RollRow[]>();
  for (const row of work.roll) schools.set(row.schoolId, [...(schools.get(row.schoolId) ?? []), row]);
  if (schools.size === 0) return [nothing];
  const rows = [...schools].map(([id, pupils]) => {
    const here = posts.filter((one) => one.schoolId === id);
    const teachers = [...new Set(here.filter((one) => one.role === 'classTeacher').map((one) => one.staffId))];
    const signed = teachers.filter((one) => work.signedStaff.has(one)).length;
    return [
      pupils[0]?.schoolName ?? '',
      namesOf(here.filter((one) => one.role === 'principal')) || '未任命',
      namesOf(here.filter((one) => one.role === 'registrar' || one.role === 'schoolOfficer')) || '未任命',
      `${String(signed)}/${String(teachers.length)}`,
      signedOf(pupils, work.signed.get('teacherGuardian')),
      signedOf(pupils, work.signed.get('guardianPupil')),
    ];
  });
  return [
    {
      as: 'table',
      size: 9,
      widths: [3.2, 1.6, 2.6, 1.8, 3, 3],
      head: ['学校', '校长', '学籍、德育负责人', '班主任已签', '教师与家长', '家长与学生'],
      rows,
      centredFrom: 3,
    },
  ];
}

/** The letters of a school one by one with their scans; notices of entry stand in a part of their own. */
function letterBlocks(work: BookWork): Block[] {
  const letters = work.records.filter((row) => row.kind === 'letter' && row.sort !== 'entryNotice');
  return [
    heading('（四）责任书登记'),
    table(
      [2.1, 2.4, 2.8, 4, 1.4, 4],
      ['日期', '层级', '班级', '名称', '份数', '说明和扫描件'],
      letters.map((row) => [
        row.day,
        sortWordsOf(row.sort),
        row.class_name ?? '全校',
        row.content.title,
        String((work.childrenOf.get(row.id)?.length ?? 0) + row.staff_ids.length),
        linesOf(row.content.words, paperLine(work, row)),
      ]),
    ),
  ];
}

/** Who answers for what, clause by clause and level by level, and the letters signed. */
export async function dutyBlocks(context: Context, span: Span, work: BookWork): Promise<Block[]> {
  const posts = await readPosts(context.client, context.district, span);
  const shown = { ...work, roll: work.roll.filter((row) => isOfLevel(row.grade, span.level)) };
  return [
    heading('（一）责任人'),
    ...personBlocks(posts, span.schoolId),
    heading('（二）按条款逐级的责任和办理'),
    ...(await clauseBlocks(context, span)),
    heading(span.schoolId === null ? '（三）各校责任书签订' : '（三）各班责任书签订'),
    ...(span.schoolId === null ? schoolLetters(posts, shown) : [...classLetters(posts, shown), ...letterBlocks(work)]),
  ];
}
