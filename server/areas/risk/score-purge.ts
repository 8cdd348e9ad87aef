import { schoolYearOf } from '#domain/basics/school-year.ts';
import { emptySheets, sheetsToEmpty } from '#server/areas/enrolment/actions.ts';
import type { Context } from '#server/http/context.ts';
import { computeScoreSigns } from './score-signs.ts';
import { hasScoresBefore, removeScoresBefore } from './store-scores.ts';

/** How many versions are removed in one go; the next minute goes on. */
const atOnce = 5000;

/** The first school year whose scores are kept, and the first moment of the present one: sheets handed in before it have done their work. */
function kept(context: Context): { year: number; sheets: Date } {
  const year = schoolYearOf(context.today);
  return { year: year - 1, sheets: new Date(`${String(year)}-09-01T00:00:00+08:00`) };
}

/** Whether scores are kept longer than the present and the last school year, or their sheets longer than the year in which they came. */
export async function mustPurgeScores(context: Context): Promise<boolean> {
  const { year, sheets } = kept(context);
  return (
    (await hasScoresBefore(context.client, context.district, year)) || (await sheetsToEmpty(context, 'scores', sheets))
  );
}

/** Removes scores older than the last school year, with the signs that rest on them, and empties the sheets of past school years. */
export async function purgeScores(context: Context): Promise<void> {
  const { client, district } = context;
  const { year, sheets } = kept(context);
  const removed = await removeScoresBefore(client, district, year, atOnce);
  await computeScoreSigns(context, [...new Set(removed)]);
  const emptied = await emptySheets(context, 'scores', sheets, '已过保存期，表中内容已清除。');
  context.note({ detail: { removed: removed.length, emptied, keptFrom: year } });
}
