import { dueDate } from '../basics/calendar.ts';
import { reachToken } from '../basics/reach.ts';
import type { HeldPost, Role } from '../basics/roles.ts';
import type { CaseHead, CaseOwner, CaseState } from './record.ts';
import { stepsFor, type CaseAction, type Step } from './steps.ts';

/** The roles a person holds on a case: posts in its class, its school, its street, or at the bureau. */
export function rolesOn(posts: readonly HeldPost[], head: CaseHead): Role[] {
  const holds = (post: HeldPost): boolean => {
    switch (post.unitKind) {
      case 'district':
        return post.unitId === head.district;
      case 'school':
        return post.unitId === head.schoolId;
      case 'class':
        return post.unitId === head.classId;
      case 'subdistrict':
        return post.unitId === head.subdistrictCode;
      case 'community':
        return false;
    }
  };
  return [...new Set(posts.filter(holds).map((post) => post.role))];
}

/** Whether somebody works on a case, so that the details of an emergency are shown: the bureau's officer, the principal, the owner, and those who acted or are named in its plan. */
export function isOnCase(
  who: { posts: readonly HeldPost[]; actorId: string; staffId: string | null },
  head: CaseHead,
  people: readonly string[],
): boolean {
  const roles = rolesOn(who.posts, head);
  return (
    roles.includes('bureauOfficer') ||
    roles.includes('principal') ||
    (roles as readonly string[]).includes(head.owner.role) ||
    people.includes(who.actorId) ||
    (who.staffId !== null && people.includes(who.staffId))
  );
}

const reporting: ReadonlySet<string> = new Set(stepsFor('report', null).flatMap((step) => step.roles));

/** How near a post stands to a child: the class teacher first, then who teaches the class, the school, the community, the street, the bureau. */
function nearness(post: HeldPost): number {
  if (post.role === 'classTeacher') return 0;
  return 1 + ['class', 'school', 'community', 'subdistrict', 'district'].indexOf(post.unitKind);
}

/**
 * The post under which somebody reports a child: of those that may report the nearest one whose reach holds the child, and where none
 * does (he is reached as a person) the nearest of all; null where no post reports.
 */
export function reportingPost(posts: readonly HeldPost[], childReach: readonly string[]): HeldPost | null {
  const fitting = posts.filter((post) => reporting.has(post.role)).sort((a, b) => nearness(a) - nearness(b));
  const holds = (post: HeldPost) =>
    post.unitKind === 'district' || childReach.includes(reachToken(post.unitKind, post.unitId));
  return fitting.find(holds) ?? fitting[0] ?? null;
}

/** What may be tried on a case: the step where the table has one for these roles, else why not. */
export function findStep(
  action: CaseAction,
  state: CaseState | null,
  roles: readonly string[],
  facts: { hasSchool: boolean; bureauConfirms: boolean },
): { step: Step } | { code: 'wrong-step' | 'not-allowed'; why: string } {
  const all = stepsFor(action, state);
  if (all.length === 0) return { code: 'wrong-step', why: '个案现在的状态不能这样办理，请刷新后看下一步。' };
  const mine = all.filter((step) => step.roles.some((role) => roles.includes(role)));
  const fitting = mine.find((step) => !step.demands.includes('noSchool') || !facts.hasSchool);
  if (fitting) return { step: fitting };
  return {
    code: 'not-allowed',
    why: mine.length > 0 ? '有就读学校的个案由学校办理这一步。' : '这一步不由您的岗位办理。',
  };
}

/** When the clock of a report starts: the day the absence crossed the rule or the stated discovery, whichever is earlier (product, clause 三(五)2). */
export function clockStart(crossed: string | null, discovered: string): string {
  return crossed !== null && crossed < discovered ? crossed : discovered;
}

/** How often a returned pupil is asked after: every week, then every month of 30 days. */
export interface FollowUpTimes {
  weeks: number;
  months: number;
}

/** Weekly × 4, then monthly × 2, where the bureau has set no other (product, section 5). */
export const standardFollowUps: FollowUpTimes = { weeks: 4, months: 2 };

/** Days after the return on which a pupil is asked after. */
export function followUpDays({ weeks, months }: FollowUpTimes): number[] {
  return [
    ...Array.from({ length: weeks }, (_, at) => (at + 1) * 7),
    ...Array.from({ length: months }, (_, at) => weeks * 7 + (at + 1) * 30),
  ];
}

/** The due days of the follow-ups of a return. */
export function followUpsFrom(
  returned: string,
  isWorkday: (day: string) => boolean,
  times: FollowUpTimes = standardFollowUps,
): string[] {
  return followUpDays(times).map((days) => dueDate(returned, { days, unit: 'calendar' }, { isWorkday }));
}

/** Whether a return is called back: the first four bytes of a keyed digest against the percentage; the same digest decides the same. */
export function isChosen(digest: Uint8Array, percent: number): boolean {
  const number = digest.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0);
  return number < (percent / 100) * 2 ** 32;
}

/** Days of a case that a bureau can set (docs of each in settings). */
export interface CaseDays {
  confirm: number;
  check: number;
  persuade: number;
  step: number;
  /** Until the first contact after the confirmation. */
  contact: number;
}

/** What is owed next on a case, by whom and by when; `waitsUntil` says until when nothing more is owed. */
export interface NextAct {
  action: CaseAction | 'serve';
  words: string;
  owner: CaseOwner;
  due: string;
  waitsUntil: string | null;
}

/** Who persuades: the class teacher, else the school's officer; the street or the bureau where the case was handed to it. */
export function schoolOwner(head: CaseHead): CaseOwner {
  if (head.lead === 'district') return bureauOwner(head);
  if (head.lead === 'subdistrict' && head.subdistrictCode !== null)
    return { role: 'subdistrictOfficer', unitKind: 'subdistrict', unit: head.subdistrictCode };
  if (head.classId !== null) return { role: 'classTeacher', unitKind: 'class', unit: head.classId };
  return officerOwner(head);
}

/** The school's officer, else the bureau. */
export function officerOwner(head: CaseHead): CaseOwner {
  return head.schoolId === null
    ? bureauOwner(head)
    : { role: 'schoolOfficer', unitKind: 'school', unit: head.schoolId };
}

/** The bureau's officer. */
export function bureauOwner(head: CaseHead): CaseOwner {
  return { role: 'bureauOfficer', unitKind: 'district', unit: head.district };
}

/** The principal, else the bureau where there is no school. */
export function principalOwner(head: CaseHead): CaseOwner {
  return head.schoolId === null ? bureauOwner(head) : { role: 'principal', unitKind: 'school', unit: head.schoolId };
}

/** A deadline of calendar days from a day, moved to a working day. */
export function dueIn(day: string, days: number, isWorkday: (day: string) => boolean): string {
  return dueDate(day, { days, unit: 'calendar' }, { isWorkday });
}

/** The day before which a present run must have begun to count: the run is of school days without a gap that is an absence. */
export function isBackFor(run: { from: string | null; days: number } | null, wanted: number): boolean {
  return run !== null && run.from !== null && run.days >= wanted;
}
