import { addCalendarDays, addCountedDays } from '../basics/calendar.ts';
import type { CourseState } from './course.ts';
import type { ChangeField, ChangeKind, ChangeState, PaperDemand, UnlawfulKind } from './changes-record.ts';

/** What a kind of change is made of: who decides in which order, the papers and fields it demands, and from where it may be asked. */
export interface ChangeRule {
  /** The states it passes before it is done, in order. */
  route: readonly ChangeState[];
  papers: readonly PaperDemand[];
  needs: readonly ChangeField[];
  /** The states of the course from which it may be asked; null stands for a child on no roll. */
  from: readonly (CourseState | null)[];
  /** Whose registrar asks: of the school of the roll, of the receiving school, or the bureau alone. */
  asker: 'sending' | 'receiving' | 'bureau' | 'any';
}

const paper = (code: string, label: string): PaperDemand => ({ code, label });
const application = paper('application', '监护人书面申请');
const medical = paper('medical', '县级以上医院证明');

const inSchool: readonly CourseState[] = ['inSchool'];
const rule = (
  route: readonly ChangeState[],
  papers: readonly PaperDemand[],
  more: Partial<Omit<ChangeRule, 'route' | 'papers'>> = {},
): ChangeRule => ({ route, papers, needs: [], from: inSchool, asker: 'sending', ...more });

const incoming: readonly (CourseState | null)[] = [null, 'out', 'abroad'];
const transferIn = rule(
  ['receiving', 'bureau', 'elsewhere', 'arrival'],
  [application, paper('residence', '户籍或居住变动证明')],
  { needs: ['toSchool', 'toGrade', 'elsewhere'], from: incoming, asker: 'receiving' },
);
const transferOut = rule(['sending', 'bureau', 'arrival'], [paper('acceptance', '转入学校接收证明')], {
  needs: ['elsewhere'],
  from: ['inSchool', 'gone', 'leaver'],
});

/**
 * The rules of each kind (中小学生学籍管理办法, 教基〔2025〕1号; D§2.6). The receiving school starts a transfer; the bureau approves every
 * suspension and deferral: a school alone can neither grant nor impose them (义务教育法 11).
 */
export const changeRules: Record<ChangeKind, ChangeRule> = {
  entry: rule(['receiving'], [paper('identity', '户口簿或居住证明')], {
    needs: ['toSchool', 'toGrade'],
    from: [null],
    asker: 'receiving',
  }),
  transferInside: rule(
    ['receiving', 'sending', 'bureau', 'arrival'],
    [application, paper('residence', '户籍或居住变动证明')],
    { needs: ['toSchool'], from: ['inSchool', 'gone'], asker: 'receiving' },
  ),
  transferInProvince: transferIn,
  transferInOther: transferIn,
  transferOutProvince: transferOut,
  transferOutOther: transferOut,
  suspension: rule(['school', 'bureau'], [application, medical], { needs: ['endsOn'] }),
  renewal: rule(['school', 'bureau'], [application, medical], { needs: ['endsOn'], from: ['suspended'] }),
  resumption: rule(['school'], [application], { from: ['suspended'] }),
  deferral: rule(['bureau'], [application, paper('reason', '身体状况或其他原因的证明')], {
    needs: ['endsOn'],
    from: [null],
    asker: 'any',
  }),
  attending: rule(['school', 'bureau'], [application, paper('proof', '就读地证明')], { needs: ['place'] }),
  repeat: rule(['school', 'bureau'], [application], { needs: ['toGrade', 'toClass'] }),
  skip: rule(['school', 'bureau'], [application, paper('assessment', '学业水平认定意见')], {
    needs: ['toGrade', 'toClass'],
  }),
  classChange: rule(['school'], [], { needs: ['toClass'] }),
  death: rule(['school', 'bureau'], [paper('certificate', '死亡证明或户口注销证明')], {
    from: ['inSchool', 'transferring', 'suspended', 'dropout', 'gone'],
  }),
  emigration: rule(['school', 'bureau'], [paper('proof', '出入境记录或境外学校证明')], {
    from: ['inSchool', 'suspended', 'dropout', 'gone'],
  }),
  specialised: rule(['bureau'], [paper('decision', '专门教育指导委员会评估和决定文书')], {
    needs: ['place'],
    asker: 'bureau',
  }),
  inclusive: rule(['school', 'bureau'], [paper('assessment', '残疾人教育专家委员会评估意见')]),
  homeTeaching: rule(
    ['school', 'bureau'],
    [application, paper('assessment', '残疾人教育专家委员会评估意见'), paper('plan', '送教方案')],
    { needs: ['quota'] },
  ),
  placement: rule(['arrival'], [], { needs: ['toSchool'], from: ['leaver'], asker: 'bureau' }),
};

/** Kinds that are asked for and refused, with the clause that says why. */
export const unlawfulChanges: Record<UnlawfulKind, string> = {
  withdrawal:
    '义务教育阶段不得退学，本平台不登记退学（义务教育法第二条、第四条、第二十七条）。学生未到校的，请报告疑似辍学并劝返。',
  expulsion: '义务教育阶段学校不得开除学生，不得开除学籍（义务教育法第二十七条）。',
  stopping: '学校不得责令学生停学、停课回家（义务教育法第二十七条；未成年人保护法第二十八条）。',
  cancelling: '学校不得取消、注销学生学籍；学籍随学生，转学、毕业按规定办理（中小学生学籍管理办法）。',
  persuadedOut: '学校不得劝退、勒令转学、勒令休学（义务教育法第二十七条；中小学生学籍管理办法）。',
  entryTest: '义务教育免试就近入学，不得以考试、测评作为入学或转入的条件（义务教育法第十二条）。',
  registryCondition: '学籍随录取建立，不得以没有学籍为由拒绝学生入学、转入（义务教育法第十二条；教育部学籍管理答问）。',
};

/** The kinds that end with an arrival to be confirmed: past the deadline the child is 去向未落实. */
export function movesAway(kind: ChangeKind): boolean {
  return kind === 'transferInside' || kind === 'transferOutProvince' || kind === 'transferOutOther';
}

/** The kinds that come to rest in an attending place beside the roll. */
export function isAttending(kind: ChangeKind): boolean {
  return kind === 'attending' || kind === 'specialised' || kind === 'inclusive' || kind === 'homeTeaching';
}

/** The pieces that a change demands, with the street's paper where the approval of deferrals is delegated to streets. */
export function papersFor(kind: ChangeKind, delegated: boolean): readonly PaperDemand[] {
  const { papers } = changeRules[kind];
  return kind === 'deferral' && delegated ? [...papers, paper('street', '街道办事处批准文书')] : papers;
}

/** Whether a piece is a health paper, which stands in the closed compartment. */
export function isHealthPiece(code: string): boolean {
  return code === 'medical';
}

/** The state after one of the route was agreed; null: done. */
export function stateAfter(kind: ChangeKind, state: ChangeState): ChangeState | null {
  const { route } = changeRules[kind];
  return route[route.indexOf(state) + 1] ?? null;
}

/** The day a year after a day (29 February: 28 February). */
export function yearLater(day: string, years = 1): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  return day.slice(5) === '02-29' ? `${year}-02-28` : `${year}${day.slice(4)}`;
}

/** Why a suspension or its renewal may not last so long: a year at a time, two years running at most; null when it may. */
export function suspensionTooLong(from: string, endsOn: string, firstFrom: string): string | null {
  if (endsOn <= from) return '结束日期应晚于开始日期。';
  if (endsOn > yearLater(from)) return '每次休学不超过一年。';
  if (endsOn > yearLater(firstFrom, 2)) return '连续休学最长不超过两年。';
  return null;
}

/** The last day on which renewal is asked in time: 15 working days before the end. */
export function renewalLatest(endsOn: string, days: number, isWorkday: (day: string) => boolean): string {
  let day = endsOn;
  let left = days;
  for (let tries = 0; left > 0 && tries < 400; tries += 1) {
    day = addCalendarDays(day, -1);
    if (isWorkday(day)) left -= 1;
  }
  return day;
}

/** The day by which a state is to be left: 10 working days for each party; a placement 5 days after report day. */
export function dueOf(
  kind: ChangeKind,
  from: { today: string; fromDay: string },
  days: { party: number; noShow: number },
  isWorkday: (day: string) => boolean,
): string {
  if (kind === 'placement') return addCalendarDays(from.fromDay, days.noShow);
  return addCountedDays(from.today, days.party, isWorkday);
}

/** Why the grade asked for does not fit the kind; null when it does. */
export function wrongGrade(kind: ChangeKind, grade: number | null, toGrade: number | null): string | null {
  if (toGrade !== null && (toGrade < 1 || toGrade > 9)) return '义务教育阶段为一至九年级。';
  if (grade === null || toGrade === null) return null;
  if (kind === 'repeat' && toGrade !== grade) return '留级读原年级，请选择现年级。';
  if (kind === 'skip' && toGrade !== grade + 1) return '跳级只能跳一个年级，请选择高一年级。';
  if (kind === 'classChange' && toGrade !== grade) return '转班须在同一年级。';
  return null;
}
