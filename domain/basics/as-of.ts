import type { DateText } from './calendar.ts';

/** As of which day and as known at which moment (null: now) something is asked. */
export interface AsOfAsked {
  day?: DateText | null | undefined;
  knownAt?: string | null | undefined;
}

function dayInWords(day: DateText): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
}

/** A moment by the clock in China: `2026年10月8日17:00`, with its seconds where it has some. */
function momentInWords(moment: string): string {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return moment;
  const china = new Date(at + 8 * 3_600_000).toISOString();
  const seconds = china.slice(17, 19);
  return `${dayInWords(china.slice(0, 10))}${china.slice(11, 16)}${seconds === '00' ? '' : `:${seconds}`}`;
}

/** The pair in a sentence for heads of lists and sheets: `截至2026年9月30日，按2026年10月8日17:00所知`. */
export function asOfWords({ day, knownAt }: AsOfAsked): string {
  return [...(day ? [`截至${dayInWords(day)}`] : []), ...(knownAt ? [`按${momentInWords(knownAt)}所知`] : [])].join(
    '，',
  );
}
