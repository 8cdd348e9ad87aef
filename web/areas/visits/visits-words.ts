import type { getVisit } from '#contract/visits.ts';
import type { listPlans } from '#contract/visit-plans.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { CoverageState, SignedState } from '#domain/visits/record.ts';
import { addressOf } from '#web/ui/address.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** One visit as its page shows it. */
export type Visit = OutputOf<typeof getVisit>;
/** One plan as the list shows it. */
export type PlanRow = OutputOf<typeof listPlans>['rows'][number];

/** How the state of the signatures reads. */
export const signedLook: Record<SignedState, StatusKind> = {
  signed: 'ok',
  incomplete: 'bad',
  awaitingScan: 'warn',
  changed: 'bad',
  notNeeded: 'quiet',
};

/** The areas whose answers a visit changes. */
export const visitRefreshes = ['visits', 'papers', 'risk', 'dropout', 'duties', 'statistics'];

/** Where a plan stands on a day. */
export function planLook(
  plan: Pick<PlanRow, 'ended' | 'from' | 'to' | 'counts'>,
  today: string,
): { kind: StatusKind; words: string } {
  if (plan.ended !== null) return { kind: 'quiet', words: '已终止' };
  if (plan.counts.due > 0 && plan.counts.covered === plan.counts.due) return { kind: 'ok', words: '全部走访' };
  if (today < plan.from) return { kind: 'wait', words: '未开始' };
  if (today > plan.to) return { kind: 'bad', words: '到期未走访完' };
  return { kind: 'wait', words: '进行中' };
}

/** The way to the names behind a figure of a plan: in the list on its page. */
export function namesOf(
  planId: string,
  asked: {
    by?: 'household' | null;
    state: CoverageState | 'all';
    classId?: string | null;
    noClass?: string | null;
    day?: string;
    knownAt?: string;
  },
): string {
  return addressOf(`/visit-plans/${planId}`, asked);
}
