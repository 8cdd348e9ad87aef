import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { open } from './open.ts';
import type { Settling } from './store-duties.ts';

type Heard = NewsOf<
  'attendance.firstDayDue' | 'attendance.firstDayDone' | 'attendance.firstDayOpen' | 'attendance.firstDaySigned'
>;

async function due(context: Context, news: NewsOf<'attendance.firstDayDue'>): Promise<void> {
  const { day, schoolId, at } = news;
  const of = { childIds: null, occasion: day, schoolId, event: news.kind, at };
  for (const classId of news.classIds)
    await open(context, {
      ...of,
      rule: 'firstDayClass',
      subjectId: classId,
      classId,
      why: `${news.term}首日（${day}），未到校学生须有原因和去向`,
    });
  if (!news.signed)
    await open(context, {
      ...of,
      rule: 'firstDaySign',
      subjectId: schoolId,
      classId: null,
      why: `${news.term}首日（${day}）到校核对名单待校长签`,
    });
}

/** What is owed of the first day of a term: by each class until its list is complete, by the principal until it is signed; a correction that opens a class again makes it owed anew. */
export async function hearFirstDay(
  context: Context,
  news: Heard,
  done: (asked: Partial<Settling>) => Promise<number>,
): Promise<void> {
  switch (news.kind) {
    case 'attendance.firstDayDue':
      return due(context, news);
    case 'attendance.firstDayDone':
      await done({ rules: ['firstDayClass'], subjectId: news.classId });
      return;
    case 'attendance.firstDayOpen':
      await open(context, {
        rule: 'firstDayClass',
        childIds: null,
        subjectId: news.classId,
        occasion: `${news.day} ${String(news.again)}`,
        schoolId: news.schoolId,
        classId: news.classId,
        why: `${news.day} 的点名更正后，又有学生须写明原因和去向`,
        event: news.kind,
        at: news.at,
      });
      return;
    case 'attendance.firstDaySigned':
      await done({ rules: ['firstDaySign'], subjectId: news.schoolId, occasion: news.day });
      return;
  }
}
