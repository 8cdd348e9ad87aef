import type { Context } from '#server/http/context.ts';
import type { News } from '#server/http/news.ts';
import { open } from './open.ts';
import type { Settling } from './store-duties.ts';

type Heard = Extract<News, { kind: 'statistics.reportSigned' | 'statistics.reportDecided' }>;

/** What the bureau owes about a period, not about a school: it stands under the period's kind and first day. */
function ofBureau(news: { kind: string; at: string; periodKind: string; from: string }) {
  const subjectId = `${news.periodKind} ${news.from}`;
  return { childIds: null, subjectId, schoolId: null, classId: null, event: news.kind, at: news.at };
}

/** Signing settles the school's duty and gives the bureau one for the period, until every signed report of it is accepted or sent back. */
export async function hearReports(
  context: Context,
  news: Heard,
  done: (asked: Partial<Settling>) => Promise<number>,
): Promise<void> {
  const period = `${news.periodKind} ${news.from}`;
  switch (news.kind) {
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
  }
}
