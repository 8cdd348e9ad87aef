import { changeRules } from './change-rules.ts';
import { changeKindWords } from './change-words.ts';
import { changeKinds, type ChangeKind } from './changes-record.ts';
import { onRollStates, type CourseState } from './course.ts';

/** How a row of the national registry (全国学籍系统) and the platform can differ. */
export const differenceKinds = [
  'notHere',
  'onlyHere',
  'school',
  'grade',
  'class',
  'name',
  'identity',
  'status',
  'twice',
  'faulty',
] as const;
/** A way of differing. */
export type DifferenceKind = (typeof differenceKinds)[number];

/** What stands on one side of a comparison; null where that side says nothing. */
export interface RegistrySide {
  name: string;
  sex: string | null;
  birthDate: string | null;
  schoolId: string | null;
  schoolName: string;
  grade: number | null;
  classNo: string | null;
  state: CourseState | null;
}

/** States of the national registry as its export words them; `unlawful` are those that the compulsory stage does not know. */
export type RegistryState = CourseState | 'unlawful' | 'unknown';

/** The state that an export's 学籍状态 or 学生状态 means (data/codes/pupil-states.json); empty means in school. */
export function parseRegistryState(cell: string): RegistryState {
  const text = cell.trim();
  if (text === '' || /在读|在籍|在校|正常|复学/.test(text)) return 'inSchool';
  if (/休学/.test(text)) return 'suspended';
  if (/退学|开除|停学|取消/.test(text)) return 'unlawful';
  if (/转出|转学|跨省就学/.test(text)) return 'out';
  if (/毕业|结业|肄业/.test(text)) return 'graduated';
  if (/死亡/.test(text)) return 'dead';
  if (/出国|出境|出国（境）/.test(text)) return 'abroad';
  if (/失踪|离校|辍学|流失/.test(text)) return 'gone';
  return 'unknown';
}

/**
 * What may be done about a difference: a registry change of that kind, correcting the child's record here (`record`), the roster's row to be
 * imported first (`import`), the year's promotion (`year`), a report of suspected dropout (`report`), or correcting the national registry (`national`).
 */
export const proposalActs = [...changeKinds, 'record', 'import', 'year', 'report', 'national'] as const;
/** What may be done about a difference. */
export type ProposalAct = (typeof proposalActs)[number];

/** A proposal with its reason. */
export interface Proposal {
  act: ProposalAct;
  why: string;
}

/** Words of the acts. */
export const proposalWords: Record<ProposalAct, string> = {
  ...changeKindWords,
  record: '更正本平台档案',
  import: '先导入该生学籍行',
  year: '年度升级',
  report: '报告疑似辍学',
  national: '在全国系统更正',
};

/** Where a difference stands. */
export const differenceStates = ['open', 'taken', 'dismissed', 'settled'] as const;
/** Words of where a difference stands. */
export const differenceStateWords: Record<(typeof differenceStates)[number], string> = {
  open: '待核对',
  taken: '已采用',
  dismissed: '不予办理',
  settled: '已消除',
};

/** Words of the kinds of difference. */
export const differenceWords: Record<DifferenceKind, string> = {
  notHere: '全国系统有、本区花名册没有',
  onlyHere: '本区花名册有、全国系统没有',
  school: '学校不同',
  grade: '年级不同',
  class: '班级不同',
  name: '姓名不同',
  identity: '性别或出生日期不同',
  status: '学籍状态不同',
  twice: '全国系统中有两条学籍',
  faulty: '全国系统该行信息有误',
};

const isOn = (state: CourseState | null): boolean => state !== null && onRollStates.includes(state);
/** States between which the national registry makes no difference: a case or a transfer under way leaves the roll as it is. */
const plain = (state: CourseState): CourseState => (isOn(state) && state !== 'suspended' ? 'inSchool' : state);

/**
 * The kinds in which a row of the registry and the child's course differ, the weightiest first; empty where they agree. Another school
 * explains another grade and class with it; who left on both sides is compared no further.
 */
export function differencesOf(
  ours: RegistrySide,
  theirs: RegistrySide & { registry: RegistryState },
): DifferenceKind[] {
  const found: DifferenceKind[] = [];
  const theyOn = theirs.registry === 'inSchool' || theirs.registry === 'suspended' || theirs.registry === 'unknown';
  if (!isOn(ours.state)) {
    if (theyOn) return ['notHere'];
    return [];
  }
  if (theirs.registry !== 'unknown' && (theirs.registry === 'unlawful' || plain(theirs.registry) !== plain(ours.state ?? 'inSchool'))) found.push('status'); // prettier-ignore
  if (theyOn) {
    if (theirs.schoolId !== ours.schoolId) found.push('school');
    else if (theirs.grade !== null && theirs.grade > 0 && theirs.grade !== ours.grade) found.push('grade');
    else if (theirs.classNo !== null && theirs.classNo !== '' && ours.classNo !== null && theirs.classNo !== ours.classNo) found.push('class'); // prettier-ignore
  }
  if (theirs.name !== ours.name) found.push('name');
  const other = (left: string | null, right: string | null) => left !== null && right !== null && left !== right;
  if (other(theirs.sex, ours.sex) || other(theirs.birthDate, ours.birthDate)) found.push('identity');
  return found;
}

const national = (why: string): Proposal => ({ act: 'national', why });

function statusProposals(theirs: RegistryState): Proposal[] {
  switch (theirs) {
    case 'suspended':
      return [{ act: 'suspension', why: '全国系统已登记休学，本平台尚无休学审批' }];
    case 'inSchool':
      return [{ act: 'resumption', why: '全国系统为在读，本平台仍在休学' }];
    case 'out':
      return [
        { act: 'transferOutProvince', why: '全国系统已转出（省内）' },
        { act: 'transferOutOther', why: '全国系统已转出（省外）' },
      ];
    case 'dead':
      return [{ act: 'death', why: '全国系统登记死亡，须附证明' }];
    case 'abroad':
      return [{ act: 'emigration', why: '全国系统登记出国（境），须附证明' }];
    case 'gone':
      return [{ act: 'report', why: '全国系统登记离校、去向不明：当日报告疑似辍学并家访' }];
    case 'graduated':
      return [{ act: 'year', why: '全国系统已毕业，本平台尚未办理年度毕业' }];
    case 'unlawful':
      return [national('义务教育阶段不得退学、开除、停学（义务教育法第二十七条），应在全国系统撤销')];
    default:
      return [];
  }
}

function candidates(
  kind: DifferenceKind,
  known: boolean,
  ours: RegistrySide,
  theirs: RegistrySide & { registry: RegistryState },
): Proposal[] {
  // prettier-ignore
  switch (kind) {
    case 'notHere':
      if (!known) return [{ act: 'import', why: '平台没有该生档案：先导入其学籍行，转入的再补办转入手续' }];
      return [
        ...(theirs.grade === 1 ? [{ act: 'entry', why: '一年级新生，全国系统已建学籍' } as const] : []),
        { act: 'transferInProvince', why: '由省内其他学校转入' },
        { act: 'transferInOther', why: '由外省转入' },
        ...(theirs.grade === 1 ? [] : [{ act: 'entry', why: '首次在本区入学' } as const]),
        { act: 'placement', why: '小学毕业生已在初中建籍：办理升学安置' },
      ];
    case 'onlyHere':
      return [
        { act: 'transferOutProvince', why: '全国系统已不在本校，可能转往省内其他学校' },
        { act: 'transferOutOther', why: '可能转往外省' },
        { act: 'emigration', why: '可能已出国（境）' },
        { act: 'death', why: '可能已死亡' },
        { act: 'report', why: '不知去向的，当日报告疑似辍学' },
        national('学生仍在本校：请在全国系统补建或恢复学籍'),
      ];
    case 'school':
      return [{ act: 'transferInside', why: `全国系统已在${theirs.schoolName}` }];
    case 'grade':
      if (theirs.grade !== null && ours.grade !== null && theirs.grade === ours.grade + 1)
        return [
          { act: 'skip', why: '全国系统高一个年级' },
          { act: 'year', why: '或本平台尚未办理年度升级' },
        ];
      return [
        { act: 'repeat', why: '全国系统低一个年级，可能留级' },
        { act: 'year', why: '或全国系统尚未升级、本平台升级有误' },
      ];
    case 'class':
      return [{ act: 'classChange', why: `全国系统在（${theirs.classNo ?? ''}）班` }];
    case 'name':
    case 'identity':
      return [{ act: 'record', why: '以户口簿、身份证为准：本平台有误的更正档案' }];
    case 'status':
      return statusProposals(theirs.registry);
    case 'twice':
      return [national('同一学生在全国系统有两条学籍，请在全国系统核办问题学籍')];
    case 'faulty':
      return [national('请按原因在全国系统更正关键信息')];
  }
}

/**
 * The changes that would explain a difference, the likeliest first, then correcting the national registry. Only kinds that the child's
 * present state allows are proposed (`changeRules`); a person takes one or none.
 */
export function proposalsFor(
  kind: DifferenceKind,
  known: boolean,
  ours: RegistrySide,
  theirs: RegistrySide & { registry: RegistryState },
): Proposal[] {
  const lawful = candidates(kind, known, ours, theirs).filter(
    ({ act }) => (act in changeRules ? changeRules[act as ChangeKind].from.includes(ours.state) : true), // as: just seen to be a kind
  );
  return lawful.some((one) => one.act === 'national')
    ? lawful
    : [...lawful, national('本平台记载无误的，在全国系统更正')];
}
