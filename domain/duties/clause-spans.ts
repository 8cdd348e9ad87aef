import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import { schoolYearOf, schoolYearWords } from '#domain/basics/school-year.ts';

/** A span in which the clauses are looked at: a term with the holidays after it, or the whole school year. */
export interface ClauseSpan {
  /** The number of the term in its year, or `year`. */
  key: string;
  year: number;
  words: string;
  from: DateText;
  to: DateText;
}

/** The whole school year. */
export const wholeYear = 'year';

/**
 * The spans of a school year: each term with the holidays after it, so that what falls due in the holidays belongs to one, and the year;
 * together the terms make the year, 1 September to 31 August.
 */
export function clauseSpans(
  year: number,
  terms: readonly { name: string; from: DateText; to: DateText }[],
): ClauseSpan[] {
  const own = terms.filter((term) => schoolYearOf(term.from) === year).sort((a, b) => (a.from < b.from ? -1 : 1));
  const first = `${String(year)}-09-01`;
  const last = `${String(year + 1)}-08-31`;
  const spans = own.map((term, index) => {
    const next = own[index + 1];
    return {
      key: String(index + 1),
      year,
      words: `${schoolYearWords(year)}${term.name}`,
      from: index === 0 ? first : term.from,
      to: next === undefined ? last : addCalendarDays(next.from, -1),
    };
  });
  return [...spans, { key: wholeYear, year, words: `${schoolYearWords(year)}全学年`, from: first, to: last }];
}

/** The span asked for: a term by its number, the year, or, where none is named, the one that holds the day; else the last that has begun. */
export function clauseSpanOf(
  spans: readonly ClauseSpan[],
  key: string | undefined,
  today: DateText,
): ClauseSpan | null {
  if (key !== undefined) return spans.find((span) => span.key === key) ?? null;
  const terms = spans.filter((span) => span.key !== wholeYear && span.from <= today);
  return terms.find((span) => today <= span.to) ?? terms.at(-1) ?? spans.at(-1) ?? null;
}
