import type { InputOf } from '#contract/endpoint.ts';
import type { getWork, listWork } from '#contract/statistics-cockpit.ts';
import type { getFigures, listFigures } from '#contract/statistics-figures.ts';
import type { getCockpit } from '#contract/statistics.ts';
import { bases, type Base } from '#domain/comparison/cells.ts';
import { childTagWords } from '#domain/population/words.ts';
import type { CohortPart } from '#domain/statistics/cohorts.ts';
import { openGroups, type KeyGroup } from '#domain/statistics/groups.ts';
import { periodKinds, type Level, type PeriodKind, type ScopeKind } from '#domain/statistics/record.ts';
import { workKinds, type DutyPart, type SurveyPart, type WorkKind } from '#domain/statistics/work.ts';
import type { Me } from '#web/api/me.ts';
import { addressOf } from '#web/ui/address.ts';
import { dayWords, momentWords } from '#web/ui/words.ts';

/** What a person looks at, from the address and his posts. */
export interface Asked {
  period: PeriodKind;
  level: Level | null;
  street: string | null;
  schoolId: string | null;
  classId: string | null;
  group: KeyGroup | null;
  day: string | null;
  knownAt: string | null;
  /** Ways of reckoning that were chosen: `annualRetention.withSuspended,…`. */
  variants: string | null;
  /** Whom the enrolment rate counts. */
  base: Base;
  /** Whether the whole district is in reach. */
  whole: boolean;
}

/** A scope as the figures name it. */
export interface ScopeOf {
  scopeKind: ScopeKind;
  scopeKey: string;
}

/** Among the kinds of post, the widest decides what is shown first. */
function homeOf(me: Me): { whole: boolean; schools: string[]; streets: string[]; classes: string[] } {
  const units = (kind: string) => me.posts.filter((post) => post.unitKind === kind).map((post) => post.unitId);
  return {
    whole: units('district').length > 0,
    schools: units('school'),
    streets: units('subdistrict'),
    classes: units('class'),
  };
}

/** Reads the filters from the address; who does not reach the district stands in his own school, street or class. */
export function askedFrom(state: Readonly<Record<string, string>>, me: Me): Asked {
  const home = homeOf(me);
  const among = <T extends string>(words: readonly T[], value: string | undefined) =>
    words.find((word) => word === value) ?? null;
  const street = state['street'] ?? null;
  const schoolId = state['schoolId'] ?? null;
  const own = !home.whole && street === null && schoolId === null;
  return {
    period: among(periodKinds, state['period']) ?? 'year',
    level: among(['primary', 'junior'] as const, state['level']),
    street: own && home.schools.length === 0 ? (home.streets[0] ?? null) : street,
    schoolId: own ? (home.schools[0] ?? null) : schoolId,
    classId: own && home.schools.length === 0 && home.streets.length === 0 ? (home.classes[0] ?? null) : null,
    group: among(openGroups, state['group']),
    day: state['day'] ?? null,
    knownAt: state['knownAt'] ?? null,
    variants: state['variants'] ?? null,
    base: among(bases, state['base']) ?? 'all',
    whole: home.whole,
  };
}

/** The scope of the headline: a class, a school, a street or the district, each of one level where one is chosen. */
export function scopeOf({ level, street, schoolId, classId }: Asked): ScopeOf {
  if (classId !== null) return { scopeKind: 'class', scopeKey: classId };
  if (schoolId !== null)
    return level === null
      ? { scopeKind: 'school', scopeKey: schoolId }
      : { scopeKind: 'schoolLevel', scopeKey: `${schoolId}:${level}` };
  if (street !== null)
    return level === null
      ? { scopeKind: 'street', scopeKey: street }
      : { scopeKind: 'streetLevel', scopeKey: `${street}:${level}` };
  return level === null ? { scopeKind: 'district', scopeKey: '' } : { scopeKind: 'level', scopeKey: level };
}

/** The kind of a scope for which work is counted; null for a class. */
export function workKindOf(scope: ScopeOf): WorkKind | null {
  return workKinds.find((kind) => kind === scope.scopeKind) ?? null;
}

/** As of which day and as known when: the pair that every figure takes. */
export function momentOf(asked: Asked): { day?: string; knownAt?: string } {
  return {
    ...(asked.day === null ? {} : { day: asked.day }),
    ...(asked.knownAt === null ? {} : { knownAt: asked.knownAt }),
  };
}

/** What every call about one scope takes. */
export function inputOf(asked: Asked): InputOf<typeof getFigures> {
  const group = asked.group === null ? {} : { group: asked.group };
  return { period: asked.period, ...momentOf(asked), ...group, ...scopeOf(asked) };
}

/** The same for calls that reckon figures: with the ways of reckoning that were chosen. */
export function chosenIn({ variants }: Asked): { variants?: string } {
  return variants === null ? {} : { variants };
}

/** What the enrolment rate takes: the same unit and filters, and the base. */
export function rateInput(asked: Asked): InputOf<typeof getCockpit> {
  const { level, street, schoolId, group, base } = asked;
  return {
    ...momentOf(asked),
    ...(level === null ? {} : { level }),
    ...(schoolId === null ? (street === null ? {} : { street }) : { schoolId }),
    ...(group === null ? {} : { group }),
    ...(base === 'all' ? {} : { base }),
  };
}

/** Whether a past day or moment is asked: lists of now then say something else than the numbers. */
export function isPast(asked: Asked): boolean {
  return asked.day !== null || asked.knownAt !== null;
}

/** What the list of the schools or streets takes; schools of a street are those where its children are. */
export function listOf(asked: Asked, of: 'school' | 'street'): InputOf<typeof listFigures> & InputOf<typeof listWork> {
  const scopeKind = asked.level === null ? of : (`${of}Level` as const);
  return {
    period: asked.period,
    ...momentOf(asked),
    scopeKind,
    ...(asked.level === null ? {} : { level: asked.level }),
    ...(asked.group === null ? {} : { group: asked.group }),
    ...(of === 'school' && asked.street !== null ? { street: asked.street } : {}),
  };
}

/** What work of one scope takes. */
export function workInput(asked: Asked, kind: WorkKind): InputOf<typeof getWork> {
  return { ...inputOf(asked), scopeKind: kind };
}

/** The address of the duties behind a part of the timeliness of a scope, under the same filters. */
export function dutiesAt(asked: Asked, part: DutyPart, scope: ScopeOf = scopeOf(asked)): string {
  return addressOf('/cockpit/duties', {
    part,
    period: asked.period,
    day: asked.day,
    knownAt: asked.knownAt,
    group: asked.group,
    ...scope,
  });
}

/** The address of the households behind a part of the door survey of the district or a street, under the same filters. */
export function householdsAt(asked: Asked, part: SurveyPart): string {
  const scope = asked.street === null ? {} : { scopeKind: 'street', scopeKey: asked.street };
  return addressOf('/cockpit/households', {
    part,
    period: asked.period,
    day: asked.day,
    knownAt: asked.knownAt,
    ...scope,
  });
}

/** The address of who left a pair of grades between spring and autumn, or joined it. */
export function movedAt(asked: Asked, grade: number, side: 'left' | 'joined'): string {
  return addressOf('/cockpit/moved', {
    grade: String(grade),
    side,
    day: asked.day,
    knownAt: asked.knownAt,
    schoolId: asked.schoolId,
  });
}

/** The address of the names behind a number of a cohort, of the district or of one school. */
export function cohortAt(
  asked: Asked,
  cohort: { level: Level; leaves: number },
  part: CohortPart,
  schoolId: string | null,
): string {
  return addressOf('/cockpit/cohort', {
    level: cohort.level,
    leaves: String(cohort.leaves),
    part,
    day: asked.day,
    knownAt: asked.knownAt,
    schoolId: schoolId ?? asked.schoolId,
  });
}

/** The address of the big screen with what is chosen here: period, level, group, base, day and moment. */
export function screenAt(asked: Asked): string {
  const { period, level, group, day, knownAt, base } = asked;
  return addressOf('/cockpit/screen', {
    period: period === 'year' ? null : period,
    level,
    group,
    day,
    knownAt,
    base: base === 'all' ? null : base,
  });
}

/** What a list of names is told under its title: the day, the moment and the group. */
export function toldOf(state: Readonly<Record<string, string>>): string {
  const group = Object.entries(childTagWords).find(([tag]) => tag === state['group'])?.[1];
  return [
    state['day'] === undefined ? '截至今天' : `截至 ${dayWords(state['day'])}`,
    ...(state['knownAt'] === undefined ? [] : [`按 ${momentWords(state['knownAt'])} 已知`]),
    ...(group === undefined ? [] : [group]),
  ].join('，');
}

/** The address of the names behind a part of a scope. */
export function namesAt(
  asked: Asked,
  part: string,
  scope: ScopeOf = scopeOf(asked),
  street: string | null = null,
): string {
  return addressOf('/cockpit/names', {
    part,
    period: asked.period,
    day: asked.day,
    knownAt: asked.knownAt,
    group: asked.group,
    street,
    ...scope,
  });
}
