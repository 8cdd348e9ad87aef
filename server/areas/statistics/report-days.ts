import { firstDayToSign, type ReportDays } from '#domain/statistics/due.ts';
import type { Period } from '#domain/statistics/record.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';

/** The deadlines that hold for a period: those of the day from which it may be signed, so that a later change leaves it alone. */
export async function reportDaysOf(context: Context, period: Period): Promise<ReportDays> {
  const settings = await readSettings(context, firstDayToSign(period));
  return {
    weekDay: settings['report.weekDay'],
    weekTime: settings['report.weekTime'],
    weekLatest: settings['report.weekLatest'],
    month: settings['report.monthDays'],
    quarter: settings['report.quarterDays'],
    term: settings['report.termDays'],
    roll: {
      month: settings['roll.monthDays'],
      quarter: settings['roll.quarterDays'],
      term: settings['roll.termDays'],
      year: settings['roll.yearDays'],
    },
  };
}
