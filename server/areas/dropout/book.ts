import type * as contract from '#contract/dropout-views.ts';
import type { ParsedOf } from '#contract/endpoint.ts';
import {
  signaturePicture,
  renderBook,
  wordBook,
  wordType,
  type Block,
  type BookData,
} from '#server/areas/notices/actions.ts';
import { decisionKindWords } from '#domain/dropout/words.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { bookHelp } from './book-help.ts';
import { bookDocuments, bookEmergencies, bookHistory } from './book-parts.ts';
import { bookVisits } from './book-visits.ts';
import { getCase, type CaseShown } from './case.ts';

const said = (value: string | number | null): string => (value === null || value === '' ? '—' : String(value));
const china = (moment: string): string => chinaMoment(new Date(moment));

function table(widths: readonly number[], head: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [{ as: 'note', text: '无。' }] : [{ as: 'table', widths, head, rows }];
}

function basics(shown: CaseShown): Block[] {
  const pairs: [string, string | number | null][] = [
    ['姓名', shown.name],
    ['性别', shown.sex],
    ['出生日期', shown.birthDate],
    ['证件号码', shown.documentMask],
    ['监护人', `${shown.guardian ?? ''}${shown.relation === null ? '' : `（${shown.relation}）`}`],
    ['电话', shown.phoneMask],
    ['家庭住址', shown.address],
    ['街道、社区', `${shown.subdistrictName ?? ''}${shown.communityName ?? ''}`],
    ['学校、班级', `${shown.schoolName ?? ''}${shown.className ?? ''}`],
    ['类别、状态', `${shown.kindWords}，第 ${String(shown.round)} 轮，${shown.stateWords}`],
    ['原因', shown.reasonWords],
    ['去向', shown.whereaboutsWords],
    ['达到标准日期', shown.crossedOn],
    ['发现日期', shown.discoveredOn],
    ['确认日期', shown.confirmedOn],
    ['复学日期', shown.returnedOn],
  ];
  return [
    {
      as: 'grid',
      columns: 12,
      rows: Array.from({ length: pairs.length / 2 }, (_, row) => ({
        cells: pairs.slice(row * 2, row * 2 + 2).map(([label, value]) => ({ label, text: said(value), span: 4 })),
      })),
    },
  ];
}

function planBlocks(shown: CaseShown): Block[] {
  if (!shown.plan) return [{ as: 'note', text: '尚未制定。' }];
  return [
    { as: 'plain', text: `目标：${shown.plan.goal}` },
    ...table(
      [2, 6, 3],
      ['人员', '任务', '日期'],
      shown.plan.people.map((person) => [person.name, person.task, person.day]),
    ),
  ];
}

function closingBlocks(shown: CaseShown): Block[] {
  const all = [...(shown.decision ? [shown.decision] : []), ...shown.earlierDecisions];
  if (all.length === 0) return [{ as: 'note', text: '无。' }];
  return all.flatMap((one) => decisionBlocks(one));
}

function decisionBlocks(decision: CaseShown['earlierDecisions'][number]): Block[] {
  const check =
    decision.accepted === null
      ? '待复核'
      : `${decision.accepted ? '同意' : '退回'}${decision.checkNote ? `：${decision.checkNote}` : ''}`;
  return table(
    [3, 9],
    ['项目', '内容'],
    [
      ['事项', `第 ${String(decision.round)} 轮　${decisionKindWords[decision.kind]}`],
      ['类别', said(decision.categoryWords)],
      ['提出人、时间', `${decision.proposedName}　${china(decision.proposedAt)}`],
      ...decision.evidence.map((one) => [one.label, said(one.value)]),
      ['说明', said(decision.note)],
      ['复核人', `${decision.checkedName ?? ''}　${decision.checkedAt === null ? '' : china(decision.checkedAt)}`],
      ['复核意见', check],
      ['销号后', said(decision.watchWords)],
    ],
  );
}

async function bookData(context: Context, shown: CaseShown): Promise<BookData> {
  const signature = shown.returnSignature === null ? null : signaturePicture('return-signature', shown.returnSignature);
  const history = await bookHistory(context, shown.childId);
  const visits = await bookVisits(context, shown.visits);
  const help = await bookHelp(context, shown.childId);
  const documents = await bookDocuments(context, shown.documents);
  return {
    unit: shown.schoolName ?? '区教育局',
    cover: [
      { label: '姓名', value: shown.name },
      { label: '学校', value: `${shown.schoolName ?? ''}${shown.className ?? ''}` },
      { label: '状态', value: `第 ${String(shown.round)} 轮　${shown.stateWords}` },
      { label: '制作', value: `${context.actor.name}　${context.today}` },
    ],
    pictures: [...(signature ? [signature] : []), ...visits.pictures],
    sections: [
      { title: '基本情况', blocks: basics(shown) },
      { title: '学籍变动', blocks: history.course },
      { title: '考勤情况', blocks: history.absences },
      {
        title: '报告',
        blocks: table(
          [2, 2, 2, 2, 3, 3],
          ['报告人', '发现', '首次缺课', '计时起', '原因', '去向与已做工作'],
          shown.reports.map((one) => [
            one.reporter,
            one.discoveredOn,
            said(one.firstAbsentOn),
            one.clockStart,
            one.reason,
            `${one.whereabouts}；${one.done}`,
          ]),
        ),
      },
      { title: '劝返方案', blocks: planBlocks(shown) },
      {
        title: '工作记录',
        blocks: table(
          [1, 2, 2, 4, 5],
          ['轮次', '日期', '经办人', '事项', '内容'],
          shown.timeline.map((one) => [String(one.round), one.day, one.actor, one.words, said(one.detail)]),
        ),
      },
      { title: '走访', blocks: visits.blocks },
      { title: '文书与送达', blocks: documents },
      { title: '帮扶', blocks: help },
      { title: '紧急情况', blocks: bookEmergencies(shown) },
      {
        title: '协查与转介',
        blocks: table(
          [2, 3, 2, 2, 4],
          ['单位', '文号', '发出', '回复', '回复内容'],
          shown.referrals.map((one) => [
            one.partyName ?? one.partyWords,
            said(one.number),
            one.sentOn,
            one.withdrawnOn === null ? said(one.repliedOn) : `${one.withdrawnOn} 文书作废，不再等候`,
            said(one.reply),
          ]),
        ),
      },
      {
        title: '复学与跟踪',
        blocks: [
          ...table(
            [1, 2, 2, 2, 5],
            ['次', '期限', '完成', '是否在校', '情况'],
            shown.followUps.map((one) => [
              String(one.number),
              one.dueDate,
              said(one.doneOn),
              one.present === null ? '—' : one.present ? '在校' : '未到校',
              said(one.words),
            ]),
          ),
          ...(signature
            ? [{ as: 'signatures' as const, signers: [{ label: '校长', name: '', image: signature.name }] }]
            : []),
        ],
      },
      { title: '排除、销号与复核', blocks: closingBlocks(shown) },
    ],
  };
}

/** The whole 一生一案 of a case as a book, from the records that this person may see: a PDF, or a Word file marked as a copy to work on. */
export async function exportCase(context: Context, input: ParsedOf<typeof contract.exportCase>): Promise<FileAnswer> {
  const shown = await getCase(context, input);
  const data = await bookData(context, shown);
  const name = `一生一案_${shown.name}_${context.today}`;
  context.note({ detail: { form: input.form } });
  if (input.form === 'word') {
    const mark = `副本　可编辑，${context.today} 由${context.actor.name}导出，以平台记录为准`;
    return { fileName: `${name}_副本.docx`, contentType: wordType, body: await wordBook(context, data, mark) };
  }
  const pdf = await renderBook(context, data);
  return { fileName: `${name}.pdf`, contentType: 'application/pdf', body: Buffer.from(pdf.content) };
}
