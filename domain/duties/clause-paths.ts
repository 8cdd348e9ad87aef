import type { DutyFigure } from './record.ts';

/** Which duties of a clause are opened: all that are due, by how they ended, those not due yet, or the waived ones. */
export type ClauseDutiesShown = DutyFigure | 'waived';

/** Whose duties: of a school, or null for those that the bureau, streets and communities owe. */
export interface ClauseDutiesPlace {
  clause: string;
  schoolId: string | null;
  year: number;
  term: string;
  from: string;
  to: string;
}

/** The address of the duties behind a number of a clause; `year` and `term` lead back. */
export function clauseDutiesPath(shown: ClauseDutiesShown, place: ClauseDutiesPlace): string {
  const query = new Map<string, string>([
    ['scope', 'unit'],
    ...(shown === 'waived' ? ([['state', 'waived']] as const) : ([['outcome', shown]] as const)),
    ['clause', place.clause],
    ['owedBy', place.schoolId === null ? 'office' : 'school'],
    ...(place.schoolId === null ? [] : ([['schoolId', place.schoolId]] as const)),
    ['from', place.from],
    ['to', place.to],
    ['year', String(place.year)],
    ['term', place.term],
  ]);
  return `/duties?${[...query].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}
