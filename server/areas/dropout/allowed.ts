import type { Permission } from '#domain/basics/permissions.ts';
import { reaches } from '#domain/basics/reach.ts';
import type { RungStanding } from '#domain/dropout/ladder.ts';
import { findStep, isBackFor } from '#domain/dropout/rules.ts';
import type { CaseAction } from '#domain/dropout/steps.ts';
import type { Settings } from '#domain/organisations/settings.ts';
import type { Context } from '#server/http/context.ts';
import { actorRoles } from './head.ts';
import { findCallBack } from './store-returns.ts';
import { findDecision, findFindingOf } from './store-steps.ts';
import type { CaseView } from './store-views.ts';

/** Acts that a case page offers, each with the permission of its call. */
const offered: Partial<Record<CaseAction, Permission>> = {
  report: 'cases.report',
  emergency: 'cases.report',
  confirm: 'cases.confirm',
  checkConfirmation: 'cases.check',
  refuseConfirmation: 'cases.check',
  dismiss: 'cases.handle',
  checkDismissal: 'cases.check',
  plan: 'cases.handle',
  contact: 'cases.handle',
  persuade: 'cases.handle',
  persuasionNotice: 'notices.issue',
  writtenReport: 'notices.issue',
  deadlineNotice: 'notices.issue',
  finding: 'cases.check',
  correctionOrder: 'notices.issue',
  further: 'cases.handle',
  refer: 'cases.check',
  answerReferral: 'cases.check',
  handOver: 'cases.handle',
  return: 'cases.confirm',
  followUp: 'cases.handle',
  callBack: 'cases.check',
  proposeClosing: 'cases.handle',
  checkClosing: 'cases.check',
  closeReturned: 'cases.handle',
  watch: 'cases.handle',
  reopen: 'cases.handle',
};

/** What this person may do with a case now, and in words why not the rest; `awaits` says whether an answer to a referral is waited for. */
export async function allowedOn(
  context: Context,
  view: CaseView,
  settings: Settings,
  ladder: readonly RungStanding[],
  awaits: boolean,
): Promise<Record<string, { may: boolean; why: string | null }>> {
  const { client, district, actor } = context;
  const roles = actorRoles(context, view);
  const decision = await findDecision(client, district, view.id);
  const callBack = await findCallBack(client, district, view.id, view.round);
  const finding = await findFindingOf(client, district, view.id, view.round);
  const own = decision !== null && decision.checkedAt === null && decision.proposedBy === actor.id;
  const facts = { hasSchool: view.schoolId !== null, bureauConfirms: settings['dropout.bureauConfirms'] };
  const wanted = settings['dropout.presentDays'];
  const whyNot = (action: CaseAction, permission: Permission): string | null => {
    const reach = context.reachFor(permission);
    if (reach === null || !reaches(reach, view.reach)) return '您的岗位不办理这一步。';
    if (action === 'report' || action === 'emergency') return null;
    const found = findStep(action, view.state, roles, facts);
    if ('why' in found) return found.why;
    if (['checkConfirmation', 'refuseConfirmation', 'checkDismissal', 'checkClosing'].includes(action) && own)
      return '这是您本人填写的，须由另一人复核。';
    if (action === 'correctionOrder' && finding === null) return '须先认定无正当理由。';
    if (action === 'return' && !isBackFor({ from: view.presentFrom, days: view.presentDays }, wanted))
      return `须连续到校 ${String(wanted)} 个上课日，目前 ${String(view.presentDays)} 天。`;
    if (action === 'callBack' && callBack?.isBack !== null) return callBack ? '已经回访。' : '没有被抽中回访。';
    if (action === 'callBack' && callBack?.signedBy === actor.id) return '复学由您签字，须由另一人回访。';
    if (action === 'watch' && view.nextAction !== 'watch') return '销号后不需跟踪，或已经了结。';
    if (action === 'answerReferral' && !awaits) return '没有等待答复的协查或转介。';
    if (action === 'closeReturned' && callBack?.isBack === null) return '须先完成区级回访。';
    if (action === 'persuasionNotice' && ladder.some((one) => one.rung === action && one.state === 'running'))
      return '劝学通知书期限未到。';
    return null;
  };
  const answers: Record<string, { may: boolean; why: string | null }> = {};
  for (const [action, permission] of Object.entries(offered)) {
    // as: the keys of the table above are acts
    const why = whyNot(action as CaseAction, permission);
    answers[action] = { may: why === null, why };
  }
  return answers;
}
