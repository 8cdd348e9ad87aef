import * as cases from '#contract/dropout.ts';
import * as steps from '#contract/dropout-steps.ts';
import { referralPartyWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { checkFields } from '#domain/dropout/closing.ts';
import { watchResultWords } from '#domain/dropout/watch.ts';
import type { ActField } from './act-field.tsx';
import { accept, day, line, needed, note, papers, radio, yesNo } from './act-fields.ts';
import { documentAct, takenAct, todayFirst, type Act } from './act-ladder.ts';
import { choicesOf, referralWords, type Case } from './case-words.ts';

/** What a category demands: of a paper its scan and its words, of what was looked up who, when, where and the result. */
function evidenceFields(record: Case, pieces: Case['categories'][number]['evidence'], today: string): ActField[] {
  return pieces.flatMap(({ code, label, proof, document }): ActField[] => {
    const words: ActField = { name: ['evidence', code], label, kind: 'text', needed: true };
    if (proof === 'words') return [words];
    if (proof === 'paper') {
      const issued = record.documents.findLast((one) => one.kind === document && one.state !== 'voided');
      if (issued) return [{ ...words, needed: false, extra: `已有平台签发的${issued.kindWords} ${issued.numberWords ?? ''}，可不再上传。` }]; // prettier-ignore
      return [
        { ...words, label: `${label}（名称、编号或摘要）` },
        { name: ['papers', code], label: `${label}：照片或扫描件`, kind: 'papers', needed: true },
      ];
    }
    const { who, on, where } = checkFields(code);
    return [
      { ...words, label: `${label}（结果）` },
      { ...line('evidence', '核实人', 40), name: ['evidence', who], needed: true },
      { ...day(today, 'on', '核实日期'), name: ['evidence', on] },
      { ...line('evidence', '在哪个系统查询，或拨打的电话', 100), name: ['evidence', where], needed: true },
    ];
  });
}

const refused = [
  { value: 'withdrawal', label: '退学' },
  { value: 'expulsion', label: '开除' },
  { value: 'lost', label: '失联' },
];

/** Every step that a case page offers and that has a form, in the order of its buttons. */
export const acts: Readonly<Record<string, Act>> = {
  confirm: { endpoint: cases.confirmCase, words: '确认辍学', fields: () => [note] },
  checkConfirmation: { endpoint: cases.checkConfirmation, words: '区级确认辍学', fields: () => [note] },
  refuseConfirmation: {
    endpoint: cases.checkConfirmation,
    words: '退回学校核实',
    fixed: { accept: false },
    fields: () => [needed('note', '退回的原因')],
  },
  dismiss: { endpoint: cases.dismissCase, words: '排除', fields: () => [needed('reason', '排除的依据'), papers] },
  checkDismissal: {
    endpoint: cases.checkDismissal,
    words: '复核排除',
    fields: () => accept('同意排除', '不同意，继续查找'),
  },
  plan: {
    endpoint: steps.planCase,
    words: '制定劝返方案',
    initial: ({ record }) => ({
      goal: record.plan?.goal ?? '',
      people: record.plan?.people ?? [{}],
    }),
    fields: () => [needed('goal', '目标'), { name: 'people', label: '人员和分工', kind: 'people' }],
  },
  contact: {
    endpoint: steps.addContact,
    words: '登记联系',
    fresh: 'contactId',
    initial: ({ today }) => ({ day: today, mode: 'phone' }),
    fields: ({ today }) => [
      day(today),
      radio(
        'mode',
        '方式',
        choicesOf({ phone: '电话', message: '短信、微信', door: '上门', meeting: '见面', other: '其他' }),
      ),
      radio('reached', '联系上了吗', yesNo('联系上', '没有联系上')),
      line('who', '联系了谁', 60),
      needed('words', '联系情况', 1000),
      { name: 'whereabouts', label: '孩子现在在哪里', kind: 'choice', choices: choicesOf(whereaboutsWords) },
    ],
  },
  persuade: takenAct('persuade', '登记劝返'),
  persuasionNotice: documentAct('persuasionNotice'),
  writtenReport: documentAct('writtenReport'),
  deadlineNotice: documentAct('deadlineNotice'),
  finding: {
    endpoint: steps.recordFinding,
    words: '认定无正当理由',
    initial: todayFirst,
    fields: ({ today }) => [
      day(today),
      needed('facts', '查明的事实', 2000),
      needed('evidence', '证据', 2000),
      { ...needed('statement', '监护人的陈述、申辩', 2000), extra: '没有陈述的，写明已告知而未陈述。' },
      papers,
    ],
  },
  correctionOrder: documentAct('correctionOrder'),
  further: takenAct('further', '移送有关部门'),
  refer: {
    endpoint: steps.addReferral,
    words: '发协查函或转介',
    initial: ({ today }) => ({ sent: today }),
    fields: ({ today, record }) => [
      {
        ...radio('party', '发给', choicesOf(referralPartyWords)),
        kind: 'choice',
        ...(record.urgent && !record.referrals.some((one) => one.urgent)
          ? {
              extra:
                '紧急情况尚未转介：这一函按紧急转介办理，限时回复（默认 24 小时），内容仅限办案人员查看（外地教育局除外）。',
            }
          : {}),
      },
      { ...line('partyName', '单位名称', 60), needed: true },
      day(today, 'sent', '发出日期'),
      needed('words', '请求的事项', 1000),
    ],
  },
  answerReferral: {
    endpoint: steps.answerReferral,
    words: '登记回函',
    initial: ({ record, today }) => ({
      replied: today,
      referralId: record.referrals.find((one) => one.waits)?.id,
    }),
    fields: ({ record, today }) => [
      radio(
        'referralId',
        '哪一件',
        record.referrals.filter((one) => one.waits).map((one) => ({ value: one.id, label: referralWords(one) })),
      ),
      day(today, 'replied', '回复日期'),
      needed('words', '回复内容', 1000),
      { name: 'paperId', label: '回函', kind: 'paper' },
    ],
  },
  return: {
    endpoint: steps.markReturned,
    words: '认定复学',
    initial: ({ record }) => ({ placement: record.className ?? '' }),
    fields: () => [
      { ...line('placement', '就读的年级班级', 100), needed: true },
      { name: 'signature', label: '校长签名', kind: 'signature', needed: true },
      note,
    ],
  },
  followUp: {
    endpoint: steps.followUp,
    words: '登记跟踪',
    initial: ({ record, today }) => ({
      day: today,
      number: record.followUps.find((one) => one.doneOn === null)?.number,
    }),
    fields: ({ record, today }) => [
      radio(
        'number',
        '第几次',
        record.followUps
          .filter((one) => one.doneOn === null)
          .map((one) => ({ value: one.number, label: `第 ${String(one.number)} 次（${one.dueDate}）` })),
      ),
      day(today),
      radio('present', '在校吗', yesNo('在校', '不在校')),
      needed('words', '在校情况', 1000),
    ],
  },
  callBack: {
    endpoint: steps.callBack,
    words: '区级回访',
    initial: todayFirst,
    fields: ({ today, typed }) => [
      day(today),
      radio('reached', '联系上了吗', yesNo('联系上', '没有联系上')),
      ...(typed['reached'] === true ? [radio('isBack', '孩子在校吗', yesNo('在校', '不在校'))] : []),
      needed('words', '回访情况', 1000),
    ],
  },
  closeReturned: {
    endpoint: cases.proposeClosing,
    words: '复学销号',
    fixed: { category: 'returned' },
    initial: ({ record }) => ({ evidence: { placement: record.className ?? '' } }),
    fields: ({ record, today }) => [
      ...evidenceFields(record, record.categories.find((one) => one.code === 'returned')?.evidence ?? [], today),
      papers,
      note,
    ],
  },
  proposeClosing: {
    endpoint: cases.proposeClosing,
    words: '申请销号',
    fields: ({ record, typed, today }) => {
      const chosen = record.categories.find((one) => one.code === typed['category']);
      return [
        {
          name: 'category',
          label: '类别',
          kind: 'choice',
          needed: true,
          choices: [...record.categories.map((one) => ({ value: one.code, label: one.label })), ...refused],
          ...(chosen === undefined ? {} : { extra: `销号后：${chosen.watchWords}` }),
        },
        ...evidenceFields(record, chosen?.evidence ?? [], today),
        ...(chosen?.dated === true ? [{ name: 'endsOn', label: '到哪天止', kind: 'day', needed: true } as const] : []),
        { ...papers, label: '其他材料' },
        note,
      ];
    },
  },
  checkClosing: {
    endpoint: cases.checkClosing,
    words: '复核销号',
    fields: () => accept('同意销号', '不同意，继续劝返'),
  },
  handOver: {
    endpoint: steps.handOver,
    words: '移交',
    fields: ({ typed }) => [
      radio('to', '移交给', choicesOf({ school: '学校', subdistrict: '街道', district: '区教育局' })),
      ...(typed['to'] === 'school' ? [{ name: 'unit', label: '学校', kind: 'school', needed: true } as const] : []),
      ...(typed['to'] === 'subdistrict'
        ? [{ name: 'unit', label: '街道', kind: 'street', needed: true } as const]
        : []),
      needed('reason', '移交的原因', 300),
    ],
  },
  watch: {
    endpoint: cases.watchCase,
    words: '跟踪核查',
    initial: todayFirst,
    fields: ({ today, typed, record }) => [
      day(today, 'day', '核查日期'),
      radio('result', '核查结果', choicesOf(watchResultWords)),
      ...(typed['result'] === 'same' && record.categories.some((one) => one.dated && one.label === record.categoryWords)
        ? [{ name: 'endsOn', label: '新的期满日期', kind: 'day', needed: true, earliest: today } as const]
        : []),
      needed('words', '核查情况（向谁、怎样核查，结果如何）', 1000),
      { ...papers, ...(typed['result'] === 'settled' ? { needed: true, extra: '不再跟踪须附材料。' } : {}) },
    ],
  },
  reopen: {
    endpoint: cases.reopenCase,
    words: '重新立案',
    initial: ({ today }) => ({ discovered: today }),
    fields: ({ today }) => [day(today, 'discovered', '发现日期'), needed('reason', '原因')],
  },
};
