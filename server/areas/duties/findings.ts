import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { dueOf, open, ownerOf, type Start } from './open.ts';
import { settle } from './store-duties.ts';

type FindingsNews = NewsOf<'books.findingsOpen' | 'books.findingsMended' | 'books.findingsGone'>;

/** What an inspection found is owed by its school until the day; mended it is settled, and a recheck that failed or a correction moves the day. */
export async function hearFindings(context: Context, news: FindingsNews): Promise<void> {
  const { client, district, actor } = context;
  const settling = {
    rules: ['mendFindings' as const],
    subjectId: news.inspectionId,
    at: news.at,
    by: actor.id,
    byName: actor.name,
    event: news.kind,
  };
  if (news.kind !== 'books.findingsOpen') {
    await settle(client, district, settling);
    return;
  }
  const { version, schoolId, day, dueDate, findings, again } = news;
  const found = `${day} 督查发现 ${String(findings)} 个问题`;
  const start: Start = {
    rule: 'mendFindings',
    childIds: null,
    subjectId: news.inspectionId,
    occasion: `${String(version)} ${dueDate}`,
    schoolId,
    classId: null,
    dueDate,
    why: again ? `${found}，复查未通过` : found,
    event: news.kind,
    at: news.at,
  };
  const dueAt = await dueOf(context, start);
  const { role, unit } = ownerOf(context, start).owner;
  const keep = dueAt === null ? {} : { keep: { rule: start.rule, dueAt, ownerRole: role, ownerUnit: unit } };
  await settle(client, district, { ...settling, except: start.occasion, ...keep });
  await open(context, start);
}
