import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { open } from './open.ts';
import type { Settling } from './store-duties.ts';

type Heard = NewsOf<
  'statistics.reportDue' | 'statistics.reportSigned' | 'statistics.reportDecided' | 'statistics.rollFiled'
>;

/** What the bureau owes about a period, not about a school: it stands under the period's kind and first day. */
function ofBureau(news: { kind: string; at: string; periodKind: string; from: string }) {
  const subjectId = `${news.periodKind} ${news.from}`;
  return { childIds: null, subjectId, schoolId: null, classId: null, event: news.kind, at: news.at };
}

/** Every school owes the report of a period, and the bureau its roll-up. */
async function reportDue(context: Context, news: NewsOf<'statistics.reportDue'>): Promise<void> {
  for (const schoolId of news.schoolIds)
    await open(context, {
      rule: 'reportDue',
      childIds: null,
      subjectId: schoolId,
      occasion: `${news.periodKind} ${news.from}`,
      schoolId,
      classId: null,
      why: `${news.words}待校长签报`,
      event: news.kind,
      at: news.at,
      dueAt: news.dueAt,
      climbsAt: news.climbsAt,
      ruleDay: news.ruleDay,
    });
  if (news.rollDueAt !== null)
    await open(context, {
      rule: 'rollDue',
      childIds: null,
      subjectId: context.district,
      occasion: `${news.periodKind} ${news.from}`,
      schoolId: null,
      classId: null,
      why: `${news.words}待核查、汇总、上报`,
      event: news.kind,
      at: news.at,
      dueAt: news.rollDueAt,
      ruleDay: news.ruleDay,
    });
}

/** What is owed about the report of a period and its roll-up. Signing settles the school's duty and gives the bureau one for the period, until every signed report of it is accepted or sent back. */
export async function hearReports(
  context: Context,
  news: Heard,
  done: (asked: Partial<Settling>) => Promise<number>,
): Promise<void> {
  const period = `${news.periodKind} ${news.from}`;
  switch (news.kind) {
    case 'statistics.reportDue':
      return reportDue(context, news);
    case 'statistics.reportSigned':
      await done({ rules: ['reportDue'], subjectId: news.schoolId, occasion: period });
      await open(context, {
        ...ofBureau(news),
        rule: 'acceptReports',
        occasion: `${period} ${news.at}`,
        why: '学校已签报，待区教育局审核',
      });
      return;
    case 'statistics.reportDecided':
      if (news.waiting === 0) await done({ rules: ['acceptReports'], subjectId: period });
      return;
    case 'statistics.rollFiled':
      await done({ rules: ['rollDue'], subjectId: context.district, occasion: period });
      return;
  }
}
