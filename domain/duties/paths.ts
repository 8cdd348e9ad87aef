import type { DutyPlace } from './record.ts';

/** The case, or where one is reported. */
export function casePath(place: DutyPlace): string {
  return place.caseId === null ? `/cases/report?child=${place.childId ?? ''}` : `/cases/${place.caseId}`;
}

/** A new visit to the child. */
export function visitPath(place: DutyPlace): string {
  return `/visits/new?child=${place.childId ?? ''}`;
}

/** The registry change. */
export function changePath(_place: DutyPlace, subjectId: string): string {
  return `/changes/${subjectId}`;
}

/** The report of the occasion: its kind of period and its first day. */
export function reportPath(place: DutyPlace, _subjectId: string, occasion: string): string {
  const [period = '', day = ''] = occasion.split(' ');
  return `/reports/${place.schoolId ?? ''}?period=${period}&day=${day}`;
}

/** The roll-up of the occasion: its kind of period and its first day. */
export function rollPath(_place: DutyPlace, _subjectId: string, occasion: string): string {
  const [period = '', day = ''] = occasion.split(' ');
  return `/reports/district?period=${period}&day=${day}`;
}

/** The roll call of the occasion: its day, and the half-day where it names one. */
export function rollCallPath(place: DutyPlace, _subjectId: string, occasion: string): string {
  const [day = '', part] = occasion.split(' ');
  return `/rollcall/${place.classId ?? ''}?day=${day}${part === 'afternoon' ? '&part=afternoon' : ''}`;
}

/** The list of the first day of a class; the occasion begins with the day. */
export function firstDayPath(place: DutyPlace, _subjectId: string, occasion: string): string {
  return `/attendance/first-day/${place.classId ?? ''}?day=${occasion.slice(0, 10)}`;
}

/** The list of the first day of a school. */
export function firstDaySchoolPath(place: DutyPlace, _subjectId: string, occasion: string): string {
  return `/attendance/first-day/school/${place.schoolId ?? ''}?day=${occasion.slice(0, 10)}`;
}

/** The finding of a comparison, where it is answered. */
export function findingPath(_place: DutyPlace, subjectId: string): string {
  return `/compare/findings/${subjectId}`;
}
