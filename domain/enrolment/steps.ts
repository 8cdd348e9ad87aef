import type { HeldPost, Role } from '../basics/roles.ts';
import { changeRules, isAttending, stateAfter } from './change-rules.ts';
import { changeKinds, openChangeStates, type ChangeHead, type ChangeKind, type ChangeState } from './changes-record.ts';

/** Everything that can be done with a registry change. */
export const changeActions = [
  'ask',
  'approve',
  'refuse',
  'withdraw',
  'arrive',
  'pass',
  'shown',
  'lapse',
  'back',
  'correct',
] as const;
/** An act on a registry change. */
export type ChangeAction = (typeof changeActions)[number];

/** What an act asks for beside the right to do it. */
export type ChangeDemand =
  | 'papers' // the pieces of the kind
  | 'note' // a reason in words
  | 'otherPerson' // another person than who asked
  | 'reply' // the scan of what came from outside
  | 'deadline'; // only past the deadline, by the platform

/** Who acts: a role at the school of the roll, at the receiving school, or at the bureau. */
export interface Party {
  role: Role | 'platform';
  at: 'sending' | 'receiving' | 'bureau' | 'platform';
}

/** One row of the table: who may do what with a kind in a state, where it leads, and what it demands. */
export interface ChangeStep {
  action: ChangeAction;
  kind: ChangeKind;
  /** null: not asked yet. */
  from: ChangeState | null;
  by: readonly Party[];
  next: ChangeState;
  demands: readonly ChangeDemand[];
}

const at = (place: Party['at'], ...roles: Role[]): Party[] => roles.map((role) => ({ role, at: place }));
const bureau = at('bureau', 'bureauOfficer');
const platform: readonly Party[] = [{ role: 'platform', at: 'platform' }];

function askers(kind: ChangeKind): Party[] {
  switch (changeRules[kind].asker) {
    case 'sending':
      return [...at('sending', 'registrar', 'schoolOfficer'), ...bureau];
    case 'receiving':
      return [...at('receiving', 'registrar', 'schoolOfficer'), ...bureau];
    case 'any':
      return [...at('receiving', 'registrar', 'schoolOfficer'), ...bureau];
    case 'bureau':
      return bureau;
  }
}

/** Who holds a change in a state. */
export function partiesIn(kind: ChangeKind, state: ChangeState): Party[] {
  switch (state) {
    case 'school':
    case 'sending':
      return at('sending', 'principal');
    case 'receiving':
      return at('receiving', 'principal');
    case 'bureau':
    case 'elsewhere':
      return bureau;
    case 'arrival':
      return arrivers(kind);
    case 'late':
      return [...arrivers(kind), ...bureau];
    case 'done':
    case 'refused':
    case 'withdrawn':
    case 'corrected':
      return [];
  }
}

function arrivers(kind: ChangeKind): Party[] {
  const place = kind === 'transferOutProvince' || kind === 'transferOutOther' ? 'sending' : 'receiving';
  return at(place, 'registrar', 'principal');
}

function stepsOf(kind: ChangeKind): ChangeStep[] {
  const { route } = changeRules[kind];
  const [first] = route;
  if (first === undefined) return [];
  const made: ChangeStep[] = [{ action: 'ask', kind, from: null, by: askers(kind), next: first, demands: ['papers'] }];
  for (const from of route) {
    const by = partiesIn(kind, from);
    if (from === 'arrival') {
      made.push({ action: 'arrive', kind, from, by, next: 'done', demands: [] });
      made.push({ action: 'pass', kind, from, by: platform, next: 'late', demands: ['deadline'] }); // prettier-ignore
      made.push({ action: 'arrive', kind, from: 'late', by: partiesIn(kind, 'late'), next: 'done', demands: [] });
      for (const waiting of ['arrival', 'late'] as const) {
        if (changeRules[kind].needs.includes('toSchool')) made.push({ action: 'shown', kind, from: waiting, by: platform, next: 'done', demands: [] }); // prettier-ignore
        made.push({ action: 'lapse', kind, from: waiting, by: platform, next: 'withdrawn', demands: [] });
      }
      continue;
    }
    const demands: ChangeDemand[] = from === 'elsewhere' ? ['reply'] : ['otherPerson'];
    made.push({ action: 'approve', kind, from, by, next: stateAfter(kind, from) ?? 'done', demands });
    made.push({ action: 'refuse', kind, from, by, next: 'refused', demands: ['note'] });
  }
  for (const from of openChangeStates.filter(
    (state) => route.includes(state) || (state === 'late' && route.includes('arrival')),
  ))
    // prettier-ignore
    made.push({ action: 'withdraw', kind, from, by: askers(kind), next: 'withdrawn', demands: ['note'] });
  if (isAttending(kind)) made.push({ action: 'back', kind, from: 'done', by: askers(kind), next: 'done', demands: [] });
  made.push({ action: 'correct', kind, from: 'done', by: bureau, next: 'corrected', demands: ['note'] });
  return made;
}

/** The table of registry changes: kind × state × act → who, next state, demands. */
export const changeSteps: readonly ChangeStep[] = changeKinds.flatMap(stepsOf);

/** Whether a post is one of the parties of a change. */
export function holds(
  post: HeldPost,
  party: Party,
  head: Pick<ChangeHead, 'district' | 'schoolId' | 'toSchoolId'>,
): boolean {
  if (post.role !== party.role) return false;
  switch (party.at) {
    case 'sending':
      return post.unitKind === 'school' && post.unitId === head.schoolId;
    case 'receiving':
      return post.unitKind === 'school' && post.unitId === head.toSchoolId;
    case 'bureau':
      return post.unitKind === 'district' && post.unitId === head.district;
    case 'platform':
      return false;
  }
}

/** Who takes a step: the person with his posts, or the platform. */
export interface Actor {
  id: string;
  posts: readonly HeldPost[];
  platform: boolean;
}

/** The step that an actor may take on a change, or why not. */
export function findChangeStep(
  action: ChangeAction,
  head: Omit<ChangeHead, 'state'> & { state: ChangeState | null },
  actor: Actor,
): { step: ChangeStep } | { code: 'wrong-step' | 'not-allowed'; why: string } {
  const found = changeSteps.find(
    (step) => step.action === action && step.kind === head.kind && step.from === head.state,
  );
  if (!found) return { code: 'wrong-step', why: '这项异动现在的状态不能这样办理，请刷新后看下一步。' };
  const mine = found.by.some((party) =>
    party.at === 'platform' ? actor.platform : actor.posts.some((post) => holds(post, party, head)),
  );
  if (!mine) return { code: 'not-allowed', why: '这一步不由您的岗位办理。' };
  if (found.demands.includes('otherPerson') && actor.id === head.askedBy)
    return { code: 'not-allowed', why: '这项异动由您提出，须由另一人审批。' };
  if (action === 'withdraw' && actor.id !== head.askedBy && !actor.posts.some((post) => post.role === 'bureauOfficer'))
    return { code: 'not-allowed', why: '只有提出人或区教育局可以撤回。' };
  return { step: found };
}
