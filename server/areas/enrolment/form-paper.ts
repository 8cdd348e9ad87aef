import { wordsOfGrade } from '#domain/basics/grade.ts';
import { papersFor, changeRules } from '#domain/enrolment/change-rules.ts';
import { attendingKindWords, changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { attendingKinds, type ChangeKind, type ChangeState } from '#domain/enrolment/changes-record.ts';
import { changeFormTitles, formBoxes, formNotes } from '#domain/enrolment/form-words.ts';
import type { Block, Form, FormCell } from '#server/documents/model.ts';

/** What a form says of a change; everything empty prints the empty form. */
export interface FormFacts {
  kind: ChangeKind;
  bureau: string;
  child: {
    name: string;
    sex: string;
    birthDate: string;
    documentMask: string;
    registryMask: string;
    guardian: string;
    phoneMask: string;
    address: string;
  };
  schoolName: string;
  classWords: string;
  toSchoolName: string;
  toClassWords: string;
  fromDay: string;
  endsOn: string;
  firstFrom: string;
  reason: string;
  elsewhere: string;
  place: string;
  placeKind: string;
  quota: string;
  askedName: string;
  askedOn: string;
  askedLate: boolean;
  /** Codes of the pieces that are there. */
  pieces: readonly string[];
  delegated: boolean;
  /** What was said in each state, by its name. */
  said: ReadonlyMap<ChangeState, { words: string; by: string; role: string; day: string }>;
  /** The end of it in words; empty while it is under way. */
  end: string;
}

const blankDay = '　　年　　月　　日';

/** A day as forms print it; empty: to be written. */
function formDay(day: string): string {
  if (day === '') return blankDay;
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
}

const cell = (label: string, text: string, span: number): FormCell => ({ label, text, span });
const wide = (label: string, text: string) => ({ cells: [cell(label, text, 10)] });
const pair = (first: [string, string], second: [string, string]) => ({
  cells: [cell(...first, 4), cell(...second, 4)],
});
type Row = ReturnType<typeof wide>;

function matterOf(facts: FormFacts): Row[] {
  const from = formDay(facts.fromDay);
  const span = `自${from}起至${formDay(facts.endsOn)}止`;
  const to = facts.toClassWords;
  switch (facts.kind) {
    case 'entry':
    case 'transferInside':
    case 'placement':
      return [pair(['转入学校', facts.toSchoolName], ['编入班级', to]), wide(facts.kind === 'transferInside' ? '申请日期' : '报到日期', from)]; // prettier-ignore
    case 'transferInProvince':
    case 'transferInOther':
      return [wide('原就读学校', facts.elsewhere), pair(['转入学校', facts.toSchoolName], ['编入班级', to]), wide('申请日期', from)]; // prettier-ignore
    case 'transferOutProvince':
    case 'transferOutOther':
      return [wide('拟转入学校', facts.elsewhere), wide('申请日期', from)];
    case 'suspension':
      return [wide('休学期限', span)];
    case 'renewal':
      return [pair(['首次休学', formDay(facts.firstFrom)], ['申请时间', facts.askedLate ? '逾期提出' : '']), wide('休学期限', span)]; // prettier-ignore
    case 'resumption':
      return [wide('复学日期', from)];
    case 'deferral':
      return [wide('延缓入学', span)];
    case 'attending':
      return [
        pair(['就读地类别', facts.placeKind], ['就读班级', to]),
        wide('就读地', [facts.toSchoolName, facts.place].filter((one) => one !== '').join('，')),
        wide('起止日期', span),
      ];
    case 'repeat':
    case 'skip':
    case 'classChange':
      return [pair([facts.kind === 'repeat' ? '留级后' : facts.kind === 'skip' ? '跳级后' : '转入班级', to], ['起始日期', from])]; // prettier-ignore
    case 'homeTeaching':
      return [pair(['每月课时', facts.quota === '' ? '' : `${facts.quota} 课时`], ['起始日期', from])];
    case 'specialised':
      return [wide('专门学校', facts.place), wide('起止日期', span)];
    case 'inclusive':
      return [wide('起始日期', from)];
    case 'death':
      return [wide('死亡日期', from)];
    case 'emigration':
      return [wide('离境日期', from)];
  }
}

/** Kinds that pass many parties: their boxes are lower, so that the form stays on one page. */
const crowded = (kind: ChangeKind): boolean => changeRules[kind].route.length >= 3;

function boxOf(facts: FormFacts, state: ChangeState): { cells: FormCell[]; tall: number } | null {
  const box = formBoxes[state];
  if (!box) return null;
  const said = facts.said.get(state);
  const foot = said
    ? `${said.role}：${said.by}　　${formDay(said.day)}`
    : `${box.signer}签名（盖章）：　　　　　　　${blankDay}`;
  return {
    cells: [{ label: box.label, text: said?.words ?? '', span: 10, foot }],
    tall: crowded(facts.kind) ? 20 : 24,
  };
}

/** The printed form of a change: the pupil, what is asked for, its papers, and a box for each approval, filled in where it was given. */
export function formOf(facts: FormFacts, watermark?: string): Form {
  const { child, kind } = facts;
  const tick = (code: string): string => (facts.pieces.includes(code) ? '☑' : '□');
  const papers = papersFor(kind, facts.delegated).map(({ code, label }) => `${tick(code)} ${label}`);
  const rows: { cells: FormCell[]; tall?: number }[] = [
    { cells: [cell('姓　名', child.name, 2), cell('性　别', child.sex, 1), cell('出生日期', child.birthDate === '' ? '' : formDay(child.birthDate), 3)] }, // prettier-ignore
    pair(['身份证件号', child.documentMask], ['学籍号', child.registryMask]),
    pair(['监护人', child.guardian], ['联系电话', child.phoneMask]),
    wide('现住址', child.address),
    pair(['学籍学校', facts.schoolName], ['年级班级', facts.classWords]),
    ...matterOf(facts),
    {
      cells: [
        {
          label: '申请事由',
          text: facts.reason,
          span: 10,
          foot: `监护人签名：　　　　　　　${blankDay}`,
        },
      ],
      tall: crowded(kind) ? 22 : 30,
    },
  ];
  if (papers.length > 0) rows.push(wide('所附材料', papers.join('　')));
  for (const state of changeRules[kind].route) {
    const box = boxOf(facts, state);
    if (box) rows.push(box);
  }
  if (facts.end !== '') rows.push(wide('办理结果', facts.end));
  const note = formNotes[kind];
  const blocks: Block[] = [
    { as: 'grid', columns: 12, rows },
    ...(note === undefined ? [] : [{ as: 'note' as const, text: `说明：${note}` }]),
    ...(facts.askedOn === '' ? [] : [{ as: 'note' as const, text: `${changeKindWords[kind]}：${facts.askedName}于${formDay(facts.askedOn)}提出${facts.askedLate ? '（逾期提出）' : ''}；各方意见由本人账号审批，记载于平台审计链。` }]), // prettier-ignore
  ];
  return {
    layout: 'form',
    title: changeFormTitles[kind],
    number: null,
    to: facts.bureau === '' ? null : `主管部门：${facts.bureau}`,
    watermark,
    blocks,
    close: null,
  };
}

/** Grade and class in words; the class says its grade. */
export function classWords(className: string | null, grade: number | null): string {
  return className ?? (grade === null || grade === 0 ? '' : wordsOfGrade(grade));
}

/** The kind of an attending place in words. */
export function placeKindWords(kind: string | null): string {
  const found = attendingKinds.find((one) => one === kind);
  return found ? attendingKindWords[found] : '';
}

/** How a change ended, as its form says it; empty while it is under way. */
export function endWords(state: ChangeState, doneOn: string | null): string {
  if (state === 'done') return `已办结${doneOn === null ? '' : `（${formDay(doneOn)}）`}`;
  return state === 'refused' || state === 'withdrawn' || state === 'corrected' ? changeStateWords[state] : '';
}

/** The empty form of a kind. */
export function emptyFacts(kind: ChangeKind, bureau: string, delegated: boolean): FormFacts {
  return {
    kind,
    bureau,
    child: { name: '', sex: '', birthDate: '', documentMask: '', registryMask: '', guardian: '', phoneMask: '', address: '' }, // prettier-ignore
    schoolName: '',
    classWords: '',
    toSchoolName: '',
    toClassWords: '',
    fromDay: '',
    endsOn: '',
    firstFrom: '',
    reason: '',
    elsewhere: '',
    place: '',
    placeKind: '',
    quota: '',
    askedName: '',
    askedOn: '',
    askedLate: false,
    pieces: [],
    delegated,
    said: new Map(),
    end: '',
  };
}
