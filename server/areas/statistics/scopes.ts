import { notFound } from '#domain/basics/failure.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { levels, type ScopeKind } from '#domain/statistics/record.ts';
import { levelWords } from '#domain/statistics/words.ts';
import { placesOf, schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context, Reach } from '#server/http/context.ts';
import { classesFor } from './store-tallies.ts';

/** The highest grade that a course may name. */
const mostGrade = 12;

/** Everything that names a scope and says to whom it belongs. */
export interface ScopeNames {
  schools: ReadonlyMap<string, { name: string; code: string; stage: string }>;
  streets: ReadonlyMap<string, string>;
  classes: ReadonlyMap<string, { school_id: string; school_year: number; grade: number; name: string }>;
}

/** Reads the names that scopes of a kind need: schools always, streets and classes for their own; of classes only those of a school, or one, where it is told. */
export async function readScopeNames(
  context: Context,
  kind: ScopeKind,
  only: { schoolId?: string | undefined; classId?: string | undefined } = {},
): Promise<ScopeNames> {
  const schools = await schoolsOf(context);
  const places = kind === 'street' || kind === 'streetLevel' ? await placesOf(context) : [];
  const classes = kind === 'class' ? await classesFor(context.client, context.district, only) : [];
  return {
    schools: new Map(schools.map(({ id, name, code, stage }) => [id, { name, code, stage }])),
    streets: new Map(places.filter((one) => one.kind === 'subdistrict').map((one) => [one.code, one.name])),
    classes: new Map(classes.map((row) => [row.id, row])),
  };
}

/** The school of a class, grade of a school or school; null for other scopes. */
export function schoolOf(kind: ScopeKind, key: string, names: ScopeNames): string | null {
  if (kind === 'school') return key;
  if (kind === 'schoolGrade' || kind === 'schoolLevel' || kind === 'cohort') return key.split(':')[0] ?? null;
  return kind === 'class' ? (names.classes.get(key)?.school_id ?? key.replace(/:$/, '')) : null;
}

/** The keys that the scopes of a kind may have within one school, by its classes among the names; null for kinds that are of no school. */
export function keysOfSchool(kind: ScopeKind, schoolId: string, names: ScopeNames): string[] | null {
  switch (kind) {
    case 'class':
      // the last: pupils without a class
      return [
        ...[...names.classes].flatMap(([id, found]) => (found.school_id === schoolId ? [id] : [])),
        `${schoolId}:`,
      ];
    case 'schoolGrade':
      return Array.from({ length: mostGrade + 1 }, (_, grade) => `${schoolId}:${grade}`);
    case 'schoolLevel':
      return levels.map((level) => `${schoolId}:${level}`);
    case 'school':
      return [schoolId];
    default:
      return null;
  }
}

/** The words of a scope; null when there is none of that key. */
export function scopeWords(kind: ScopeKind, key: string, names: ScopeNames): string | null {
  const school = schoolOf(kind, key, names);
  const schoolName = school === null ? null : (names.schools.get(school)?.name ?? null);
  const [first = '', second = ''] = key.split(':');
  const levelName = second === 'primary' || second === 'junior' ? levelWords[second] : null;
  switch (kind) {
    case 'district':
      return key === '' ? '全区' : null;
    case 'level':
      return key === 'primary' || key === 'junior' ? levelWords[key] : null;
    case 'grade':
      return /^\d{1,2}$/.test(key) ? wordsOfGrade(Number(key)) || '年级不明' : null;
    case 'streetLevel': {
      const street = first === '' ? '住址未登记' : (names.streets.get(first) ?? null);
      return street && levelName && `${street}${levelName}`;
    }
    case 'street':
      return key === '' ? '住址未登记' : (names.streets.get(key) ?? null);
    case 'schoolLevel':
      return schoolName && levelName && `${schoolName}${levelName}`;
    case 'school':
      return schoolName;
    case 'schoolGrade':
      return schoolName && `${schoolName}${wordsOfGrade(Number(second)) || '年级不明'}`;
    case 'cohort':
      return schoolName && `${schoolName}${second}届`;
    case 'class': {
      const found = names.classes.get(key);
      return found ? `${schoolName ?? ''}${found.name}` : schoolName && `${schoolName}班级不明`;
    }
  }
}

/** Whether a reach holds a scope whole: the district everything; a school itself with its grades and classes; a class itself; a street itself. */
export function holdsScope(reach: Reach, kind: ScopeKind, key: string, names: ScopeNames): boolean {
  if (reach.all) return true;
  const school = schoolOf(kind, key, names);
  if (school !== null && reach.tokens.includes(`school:${school}`)) return true;
  if (kind === 'class') return reach.tokens.includes(`class:${key}`);
  const street = kind === 'street' ? key : kind === 'streetLevel' ? (key.split(':')[0] ?? '') : '';
  return street !== '' && reach.tokens.includes(`subdistrict:${street}`);
}

/** Whether a reach holds a street: then also the schools, grades and levels of its children alone. */
export function holdsStreet(reach: Reach, street: string | null | undefined, names: ScopeNames): boolean {
  return street != null && street !== '' && holdsScope(reach, 'street', street, names);
}

/** The words of a scope that the actor's reach holds, whole or the children of his own street in it; any other is not found. */
export function scopeWithin(
  reach: Reach,
  kind: ScopeKind,
  key: string,
  names: ScopeNames,
  street: string | null = null,
): string {
  const words = scopeWords(kind, key, names);
  const held = holdsStreet(reach, street, names) || holdsScope(reach, kind, key, names);
  if (words === null || !held) throw notFound('统计范围', '个');
  return words;
}
