import { absenceKinds } from '#domain/attendance/record.ts';
import { markWords } from '#domain/attendance/words.ts';
import { courseCauses, courseStates } from '#domain/enrolment/course.ts';
import { causeWords, courseStateWords } from '#domain/enrolment/course-words.ts';
import { documentInFull, type Block } from '#server/areas/notices/actions.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import type { CaseShown } from './case.ts';
import { absencesForBook, courseForBook } from './store-book.ts';

const none: Block[] = [{ as: 'note', text: '无。' }];
const wordOf = <Key extends string>(keys: readonly Key[], words: Record<Key, string>, key: string): string => {
  const known = keys.find((one) => one === key);
  return known === undefined ? key : words[known];
};

/** The roll of a child: his course from the first entry, and his absences by month. */
export async function bookHistory(context: Context, childId: string): Promise<{ course: Block[]; absences: Block[] }> {
  const { client, district } = context;
  const spells = await courseForBook(client, district, childId);
  const absences = await absencesForBook(client, district, childId);
  return {
    course:
      spells.length === 0
        ? none
        : [
            {
              as: 'table',
              widths: [2, 2, 2, 3, 4],
              head: ['自', '至', '状态', '事由', '学校、班级'],
              rows: spells.map((one) => [
                one.fromDate,
                one.toDate ?? '至今',
                wordOf(courseStates, courseStateWords, one.state),
                wordOf(courseCauses, causeWords, one.cause),
                [one.schoolName, one.className].filter(Boolean).join(' '),
              ]),
            },
          ],
    absences:
      absences.length === 0
        ? none
        : [
            {
              as: 'table',
              widths: [2, 3, 2, 3, 3],
              head: ['月份', '情况', '上课日', '第一天', '最后一天'],
              rows: absences.map((one) => [
                one.month,
                wordOf(absenceKinds, markWords, one.kind),
                String(one.days),
                one.first,
                one.last,
              ]),
            },
          ],
  };
}

type Document = Awaited<ReturnType<typeof documentInFull>>;

function servicesOf(document: Document): [string, string][] {
  return document.services.map((one, at): [string, string] => [
    `送达回证 ${String(at + 1)}`,
    [
      `${one.day} ${one.modeWords}，${one.outcome === 'served' ? '已送达' : '未送达'}`,
      one.recipient === '' ? '' : `受送达人：${one.recipient}${one.relation === '' ? '' : `（${one.relation}）`}`,
      one.place === '' ? '' : `地点：${one.place}`,
      one.servers.length === 0 ? '' : `送达人：${one.servers.join('、')}`,
      one.refusal === '' ? '' : `拒收：${one.refusal}`,
      one.witnesses.length === 0 ? '' : `见证人：${one.witnesses.map((each) => `${each.unit}${each.name}`).join('、')}`,
      one.reference === '' ? '' : `凭证：${one.reference}`,
      one.signed ? '受送达人已签名' : '',
      one.note,
    ]
      .filter((words) => words !== '')
      .join('；'),
  ]);
}

/** The documents of a case: their numbers, what was filled into them, and how each was served. */
export async function bookDocuments(context: Context, documents: CaseShown['documents']): Promise<Block[]> {
  // The book is one entry of the trail; its parts are none of their own.
  const quiet: Context = { ...context, note: () => undefined };
  const blocks: Block[] = [];
  for (const { id } of documents) {
    const one = await documentInFull(quiet, { id });
    blocks.push(
      { as: 'heading', level: 2, text: `${one.kindWords}　${one.numberWords ?? ''}` },
      {
        as: 'table',
        widths: [3, 9],
        head: ['项目', '内容'],
        rows: [
          ['签发', `${one.issuedDay}　${one.unitWords}　${one.signerName}`],
          ...one.fields.filter(({ value }) => value !== '').map(({ label, value }) => [label, value]),
          [
            '送达、期限',
            [one.stateWords, one.servedDay, one.dueDate === null ? '' : `期限 ${one.dueDate}`]
              .filter(Boolean)
              .join('　'),
          ],
          ...servicesOf(one),
          ...(one.voided ? [['作废', `${one.voided.byName}：${one.voided.reason}`]] : []),
        ],
      },
    );
  }
  return blocks.length === 0 ? none : blocks;
}

/** The emergencies of a case, for those on it; the others read how many there are. */
export function bookEmergencies(shown: Pick<CaseShown, 'emergencies' | 'hiddenEmergencies'>): Block[] {
  const hidden: Block[] =
    shown.hiddenEmergencies === 0
      ? []
      : [{ as: 'note', text: `有 ${String(shown.hiddenEmergencies)} 件，内容仅限办案人员查看。` }];
  if (shown.emergencies.length === 0) return hidden.length === 0 ? none : hidden;
  return [
    {
      as: 'table',
      widths: [2, 2, 3, 4, 3],
      head: ['报告人', '时间', '情形', '情况', '报警'],
      rows: shown.emergencies.map((one) => [
        one.reporter,
        chinaMoment(new Date(one.at)),
        one.kinds.join('、'),
        one.words,
        one.policeAt === null
          ? '未报警'
          : `${chinaMoment(new Date(one.policeAt))}${one.policeReceipt === null ? '' : `，回执 ${one.policeReceipt}`}`,
      ]),
    },
    ...hidden,
  ];
}
