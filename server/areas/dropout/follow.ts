import type { CaseState } from '#domain/dropout/record.ts';
import { arrivingCauses } from '#domain/enrolment/course.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { lockCaseOf } from './store-cases.ts';
import { finish, rulesNow } from './work.ts';

const atRest: readonly CaseState[] = ['closed', 'dismissed'];

/**
 * A pupil with an open case is in school elsewhere now: the case goes with him, as when a school hands it over, so that whoever teaches him
 * owes the next step or the follow-up; with `leftId` only from that school. A street or the bureau that leads it keeps the lead; who had it
 * still sees it. Runs with the whole district in sight.
 */
export async function carryCase(
  context: Context,
  to: { childId: string; schoolId: string; classId: string | null; day: string; leftId?: string },
): Promise<void> {
  const record = await lockCaseOf(context.client, context.district, to.childId);
  if (!record || record.schoolId === null || record.schoolId === to.schoolId || atRest.includes(record.state)) return;
  if (to.leftId !== undefined && to.leftId !== record.schoolId) return;
  const school = (await schoolsOf(context)).find((one) => one.id === to.schoolId);
  await finish(
    context,
    { record, step: null, ...(await rulesNow(context)) },
    {
      what: 'handOver',
      day: to.day,
      words: `学生转到${school?.name ?? '另一所学校'}就读，个案随学生移交`,
      change: { schoolId: to.schoolId, classId: to.classId, presentFrom: null, presentDays: 0 },
    },
  );
}

/** A pupil came to a school: his open case comes with him. Other moves of his course leave it where it stands. */
export async function followPupil(context: Context, news: NewsOf<'enrolment.childMoved'>): Promise<void> {
  if (news.state === 'inSchool' && arrivingCauses.some((cause) => cause === news.cause)) await carryCase(context, news);
}
