import type { DateText } from '#domain/basics/calendar.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import {
  componentSigns,
  components,
  entryComponents,
  exitComponents,
  inSchoolStates,
  movingCauses,
  type Component,
  type CourseCause,
  type CourseState,
} from '#domain/enrolment/course.ts';
import {
  emptyTally,
  levelOf,
  type Period,
  type Pupil,
  type Scope,
  type ScopeKind,
  type Spell,
  type Tally,
  type CoursePart,
} from './record.ts';

/** The last grade of compulsory education; who goes on to grade 10 in the same house has completed it. */
export const lastGrade = 9;

/** A state as the figures see it: `senior` stands for any state above grade 9. */
export type FigureState = CourseState | 'senior';

/** The state of a spell as the figures see it. */
export function stateOf(spell: Spell): FigureState {
  return spell.grade > lastGrade ? 'senior' : spell.state;
}

/** Scopes in which a leaver of grade 6 still counts: he has left his school and level, not the district. */
export const wideKinds: readonly ScopeKind[] = ['district', 'street'];

/** Whether a child in this spell stands in S0 or S1 of the scope that the spell names. */
export function counts(spell: Spell, kind: ScopeKind): boolean {
  const state = stateOf(spell);
  if (state === 'senior') return false;
  return inSchoolStates.includes(state) || (state === 'leaver' && wideKinds.includes(kind));
}

/** The key of the scope of a kind to which a spell belongs; of spells outside school it is the scope that the child left. */
export function keyOf(spell: Spell, street: string | null, kind: ScopeKind): string {
  switch (kind) {
    case 'class':
      return spell.classId ?? `${spell.schoolId}:`;
    case 'schoolGrade':
      return `${spell.schoolId}:${String(spell.grade)}`;
    case 'schoolLevel':
      return `${spell.schoolId}:${levelOf(spell.grade)}`;
    case 'school':
      return spell.schoolId;
    case 'grade':
      return String(spell.grade);
    case 'level':
      return levelOf(spell.grade);
    case 'streetLevel':
      return `${street ?? ''}:${levelOf(spell.grade)}`;
    case 'street':
      return street ?? '';
    case 'district':
      return '';
    case 'cohort':
      return `${spell.schoolId}:${String(schoolYearOf(spell.fromDate) - spell.grade + 1)}`;
  }
}

/** States of having left without right: out and back within one period leaves no trace in the components. */
export const unlawfulStates: readonly FigureState[] = ['dropout', 'gone'];
/** States away from school from which any return is Back, whatever the cause, but a transfer. */
export const awayStates: readonly FigureState[] = ['suspended', 'dropout', 'gone'];

/** The component of an exit by the state in which the child then is. */
export function exitOf(state: FigureState): Component {
  if (state === 'senior') return 'Grad';
  return state === 'inSchool' || state === 'transferring' ? 'MoveOut' : exitComponents[state];
}

/** The component of an entry from outside school: by the state before (null: never known), then by the cause. */
export function entryOf(state: FigureState | null, cause: CourseCause): Component {
  if (cause === 'transferIn') return 'In';
  if (state === null) return 'New';
  if (awayStates.includes(state)) return 'Back';
  return state === 'leaver' ? 'MoveIn' : entryComponents[cause];
}

/** Whether a move between two scopes stays inside the larger unit (MoveOut and MoveIn) or is a transfer (Out and In). */
export function staysInside(cause: CourseCause, sameSchool: boolean): boolean {
  return sameSchool || movingCauses.includes(cause);
}

/** One entry of a component: which child, when, in which scope. */
export interface Movement {
  day: DateText;
  key: string;
  part: Exclude<CoursePart, 'S0' | 'S1'>;
}

/** The spells that matter for a period: the one that holds at the close of the day before, and those that begin in it. */
export function within(spells: readonly Spell[], period: Period): Spell[] {
  const eve = addCalendarDays(period.from, -1);
  return spells.filter((spell) => spell.fromDate <= period.to && (spell.toDate === null || spell.toDate > eve));
}

/**
 * The movements of a child in a period for one kind of scope. Decided between one stay in school and the next: by the scopes of both, by
 * the state between them and by the cause of the later; so every exit has the entry or the end that answers it.
 */
export function movementsOf(pupil: Pupil, kind: ScopeKind, period: Period): Movement[] {
  const seen = within(pupil.spells, period);
  const key = (spell: Spell) => keyOf(spell, pupil.street, kind);
  const moves: Movement[] = [];
  let stay: Spell | null = null;
  let before: Spell | null = null;
  let left: DateText = '';
  for (const spell of seen) {
    const began = spell.fromDate >= period.from;
    if (began) moves.push(...shownApart(before, spell, kind, key));
    if (counts(spell, kind)) {
      if (began) moves.push(...between(stay, before, spell, left, kind, key));
      stay = spell;
    } else if (before === stay) left = spell.fromDate;
    before = spell;
  }
  if (stay !== null && before !== null && before !== stay)
    moves.push(...leaving(stay, before, null, exitOf(stateOf(before)), left, key));
  return moves;
}

type KeyOf = (spell: Spell) => string;

function leaving(
  stay: Spell,
  next: Spell,
  entry: Spell | null,
  part: Component,
  day: DateText,
  key: KeyOf,
): Movement[] {
  const left6 = part === 'MoveOut' && stay.grade === 6 && (stateOf(next) === 'leaver' || (entry?.grade ?? 0) > 6);
  const one = { day, key: key(stay) };
  return [{ ...one, part }, ...(left6 ? [{ ...one, part: 'Left6' as const }] : [])];
}

/** What happens between one stay (null: none in the period) and the next, with the last spell outside school between them. */
function between(
  stay: Spell | null,
  before: Spell | null,
  entry: Spell,
  left: DateText,
  kind: ScopeKind,
  key: KeyOf,
): Movement[] {
  const outside = before === null || counts(before, kind) ? null : before;
  const day = entry.fromDate;
  if (stay === null) return [{ day, key: key(entry), part: entryOf(outside && stateOf(outside), entry.cause) }];
  const same = key(stay) === key(entry);
  const unlawful = outside !== null && unlawfulStates.includes(stateOf(outside));
  if (outside !== null && !unlawful)
    return [
      ...leaving(stay, outside, entry, exitOf(stateOf(outside)), left, key),
      { day, key: key(entry), part: entryOf(stateOf(outside), entry.cause) },
    ];
  if (same) {
    if (outside === null) return [];
    return [{ day, key: key(entry), part: stateOf(outside) === 'dropout' ? 'DropBack' : 'GoneBack' }];
  }
  const inside = staysInside(entry.cause, stay.schoolId === entry.schoolId);
  return [
    ...leaving(stay, entry, entry, inside ? 'MoveOut' : 'Out', outside === null ? day : left, key),
    { day, key: key(entry), part: inside ? 'MoveIn' : 'In' },
  ];
}

/** Confirmed dropouts and their returns, whatever becomes of them by the period's end; a return belongs to who had lost the child. */
function shownApart(before: Spell | null, spell: Spell, kind: ScopeKind, key: KeyOf): Movement[] {
  const was = before === null ? null : stateOf(before);
  const day = spell.fromDate;
  if (stateOf(spell) === 'dropout' && was !== 'dropout') return [{ day, key: key(spell), part: 'Confirmed' }];
  if (before !== null && was === 'dropout' && counts(spell, kind)) return [{ day, key: key(before), part: 'Returned' }];
  return [];
}

/** The stocks in which a child stands at both ends of a period, with the day on which the spell began. */
export function stocksOf(
  pupil: Pupil,
  kind: ScopeKind,
  period: Period,
): { part: CoursePart; key: string; day: DateText }[] {
  const seen = within(pupil.spells, period);
  const first = seen[0];
  const last = seen.at(-1);
  const stocks: { part: CoursePart; key: string; day: DateText }[] = [];
  const add = (part: CoursePart, spell: Spell) =>
    stocks.push({ part, key: keyOf(spell, pupil.street, kind), day: spell.fromDate });
  if (first !== undefined && first.fromDate < period.from) {
    if (counts(first, kind)) add('S0', first);
    if (stateOf(first) === 'dropout') add('OpenStart', first);
  }
  if (last === undefined) return stocks;
  if (counts(last, kind)) add('S1', last);
  const stock = endStocks[stateOf(last)];
  if (stock !== undefined) add(stock, last);
  return stocks;
}

/** States whose holders are counted as a stock at the period's end. */
export const endStocks: Partial<Record<FigureState, CoursePart>> = {
  dropout: 'Open',
  transferring: 'Transferring',
  suspended: 'Suspended',
  leaver: 'Leavers',
};

/** The tallies of a kind of scope over all pupils, by key. */
export function tallies(pupils: Iterable<Pupil>, kind: ScopeKind, period: Period): Map<string, Tally> {
  const found = new Map<string, Tally>();
  for (const pupil of pupils)
    for (const { key, part } of [...stocksOf(pupil, kind, period), ...movementsOf(pupil, kind, period)]) {
      const tally = found.get(key) ?? emptyTally();
      tally[part] += 1;
      found.set(key, tally);
    }
  return found;
}

/** The tally of one scope. */
export function tallyOf(pupils: Iterable<Pupil>, scope: Scope, period: Period): Tally {
  return tallies(pupils, scope.kind, period).get(scope.key) ?? emptyTally();
}

/** How far a tally is from the identity; 0 when it holds. */
export function identityGap(tally: Tally): number {
  return components.reduce((sum, part) => sum + componentSigns[part] * tally[part], tally.S0) - tally.S1;
}
