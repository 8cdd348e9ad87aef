import type { Context } from '#server/http/context.ts';
import { findCase } from './store-cases.ts';
import { listCasesToWatch } from './store-views.ts';
import { listReferralsToRemind, markReminded } from './store-referrals.ts';
import { listEndedNotices, listFollowUpsDue, markTold } from './store-returns.ts';
import { finish, rulesNow, type Taken } from './work.ts';

/** What the minute's job did for cases. */
export interface Passed {
  reminded: number;
  followUps: number;
  notices: number;
  watched: number;
}

/**
 * Passes the deadlines of cases: calls in answers that are late, tells follow-ups that are due, offers the next step where a notice's days
 * are over, and says that closed cases that are watched are to be looked at: only a person's look settles that. Runs as the platform; each is told once.
 */
export async function passDeadlines(context: Context): Promise<Passed> {
  const { client, district, now, today } = context;
  const rules = await rulesNow(context);
  const tell = async (caseId: string, taken: Taken): Promise<boolean> => {
    const record = await findCase(client, district, caseId, true);
    if (!record) return false;
    await finish(context, { record, step: null, ...rules }, taken);
    return true;
  };
  const passed: Passed = { reminded: 0, followUps: 0, notices: 0, watched: 0 };
  for (const row of await listReferralsToRemind(client, district, now)) {
    await markReminded(client, district, row.id, now);
    const whom = row.closed ? '转介单位' : (row.partyName ?? '');
    const done = await tell(row.caseId, {
      what: 'remind',
      words: `${whom}${row.number === null ? '' : ` ${row.number}`}逾期未回复，请催办`,
      referralId: row.id,
      urgent: row.urgent,
    });
    if (done) passed.reminded += 1;
  }
  for (const row of await listFollowUpsDue(client, district, today)) {
    await markTold(client, district, row.id, now);
    if (await tell(row.caseId, { what: 'followUpDue', words: `第 ${String(row.number)} 次跟踪到期` }))
      passed.followUps += 1;
  }
  for (const row of await listEndedNotices(client, district, today)) {
    const done = await tell(row.caseId, {
      what: 'noticeEnded',
      words: `文书期限 ${row.dueDate} 已过，请办理下一步`,
      documentId: row.documentId,
    });
    if (done) passed.notices += 1;
  }
  for (const row of await listCasesToWatch(client, district, today)) {
    const words = row.dueDate === null ? '列入销号后跟踪' : '销号后跟踪到期，请核查学生情况';
    if (await tell(row.id, { what: 'watchDue', words, dueDate: row.dueDate })) passed.watched += 1;
  }
  return passed;
}

/** Whether the minute's job has anything to pass for cases. */
export async function mustPassDeadlines(context: Context): Promise<boolean> {
  const { client, district, now, today } = context;
  return (
    (await listReferralsToRemind(client, district, now)).length > 0 ||
    (await listFollowUpsDue(client, district, today)).length > 0 ||
    (await listEndedNotices(client, district, today)).length > 0 ||
    (await listCasesToWatch(client, district, today)).length > 0
  );
}
