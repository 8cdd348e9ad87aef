import { schoolYearOf } from '#domain/basics/school-year.ts';
import type { ScopeKind, Spell } from './record.ts';

/** What the rules say of one window of spells: which part, in the scope of which of its spells, on the first day of which of them. */
export interface Said {
  part: number;
  scope: number;
  day: number;
}

/** A window of spells up to here, as the rules tell windows apart; `next` goes on by the code of one more spell. */
export interface Shape {
  next: Map<number, Shape>;
  said: readonly Said[] | null;
}

/** The scopes of a kind, numbered; `of` is the number of the scope of each place. */
export interface Scopes {
  keys: string[];
  numbers: Map<string, number>;
  of: number[];
  /** The windows met: of children whose first spell stood on the eve, and of those whose first began in the period. */
  stood: Shape;
  began: Shape;
}

/**
 * What spells share, numbered: places (school, class, grade and school year, from which every scope follows) and manners (state, cause and
 * grade). Only added to, so that all courses packed over it stay true.
 */
export interface Ground {
  places: Spell[];
  placeNumbers: Map<string, number>;
  schoolOf: number[];
  schoolNumbers: Map<string, number>;
  manners: Spell[];
  mannerNumbers: Map<string, number>;
  scopes: Map<ScopeKind, Scopes>;
}

/**
 * The courses of many children in columns: four numbers to a spell instead of an object, so that a district's figures of any day are counted
 * in one walk over them. The spells of a child stand together in the order of their days and never overlap; streets are not held.
 */
export interface Courses {
  ground: Ground;
  childIds: readonly string[];
  /** Where the spells of each child begin, and after the last where they end. */
  starts: Int32Array;
  /** Days as numbers that compare as the days do; `open` for a spell that has no end. */
  from: Int32Array;
  to: Int32Array;
  place: Int32Array;
  manner: Int32Array;
}

/** The end of a spell that has none. */
export const open = 0x7fff_ffff;
/** A day as a number that compares as the day does. */
export const numberOfDay = (day: string): number => Number(day.replaceAll('-', ''));

/** The day of such a number. */
export function dayOfNumber(number: number): string {
  const digits = String(number).padStart(8, '0');
  return `${digits.slice(0, -4)}-${digits.slice(-4, -2)}-${digits.slice(-2)}`;
}

/** Nothing met yet. */
export function emptyGround(): Ground {
  return {
    places: [],
    placeNumbers: new Map(),
    schoolOf: [],
    schoolNumbers: new Map(),
    manners: [],
    mannerNumbers: new Map(),
    scopes: new Map(),
  };
}

/** The number of a text; `added` is called with a new one. */
export function numberIn(numbers: Map<string, number>, text: string, added?: (number: number) => void): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const made = numbers.size;
  numbers.set(text, made);
  added?.(made);
  return made;
}

/** Packs spells as they come, child by child in the order of their days. */
export function packer(ground: Ground): { add: (childId: string, spell: Spell) => void; done: () => Courses } {
  const childIds: string[] = [];
  const [starts, from, to, place, manner]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  return {
    add(childId, spell) {
      if (childIds.at(-1) !== childId) {
        childIds.push(childId);
        starts.push(from.length);
      }
      const { schoolId, classId, grade, fromDate, toDate, state, cause } = spell;
      const where = `${schoolId} ${classId ?? ''} ${grade} ${schoolYearOf(fromDate)}`;
      from.push(numberOfDay(fromDate));
      to.push(toDate === null ? open : numberOfDay(toDate));
      place.push(
        numberIn(ground.placeNumbers, where, () => {
          ground.places.push(spell);
          ground.schoolOf.push(numberIn(ground.schoolNumbers, schoolId));
        }),
      );
      manner.push(numberIn(ground.mannerNumbers, `${state} ${cause} ${grade}`, () => ground.manners.push(spell)));
    },
    done: () => ({
      ground,
      childIds,
      starts: Int32Array.from([...starts, from.length]),
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      place: Int32Array.from(place),
      manner: Int32Array.from(manner),
    }),
  };
}

/** The runs of children who are kept, as pairs of first and behind last. */
function runsWithout(childIds: readonly string[], without: ReadonlySet<string>): [number, number][] {
  const runs: [number, number][] = [];
  let first = 0;
  for (const [at, childId] of childIds.entries()) {
    if (!without.has(childId)) continue;
    if (at > first) runs.push([first, at]);
    first = at + 1;
  }
  if (childIds.length > first) runs.push([first, childIds.length]);
  return runs;
}

/** The courses without some children, with others behind them; both are packed over the same ground. */
export function repacked(base: Courses, without: ReadonlySet<string>, more: Courses): Courses {
  const runs = runsWithout(base.childIds, without);
  const spellsOf = ([first, behind]: [number, number]) => [base.starts[first] ?? 0, base.starts[behind] ?? 0] as const;
  const kept = runs.map(spellsOf);
  const spells = kept.reduce((sum, [first, behind]) => sum + behind - first, 0) + more.from.length;
  const childIds = runs.flatMap(([first, behind]) => base.childIds.slice(first, behind)).concat(more.childIds);
  const starts = new Int32Array(childIds.length + 1);
  let at = 0;
  let behind = 0;
  const addStarts = (of: Courses, first: number, last: number) => {
    for (let child = first; child < last; child += 1) {
      starts[at] = behind;
      at += 1;
      behind += (of.starts[child + 1] ?? 0) - (of.starts[child] ?? 0);
    }
  };
  for (const [first, last] of runs) addStarts(base, first, last);
  addStarts(more, 0, more.childIds.length);
  starts[at] = behind;
  const column = (name: 'from' | 'to' | 'place' | 'manner') => {
    const made = new Int32Array(spells);
    let to = 0;
    for (const [first, last] of kept) {
      made.set(base[name].subarray(first, last), to);
      to += last - first;
    }
    made.set(more[name], to);
    return made;
  };
  return { ground: base.ground, childIds, starts, from: column('from'), to: column('to'), place: column('place'), manner: column('manner') }; // prettier-ignore
}

/** A spell as it was before it was packed. */
export function spellAt({ ground, from, to, place, manner }: Courses, at: number): Spell {
  const [where, how] = [ground.places[place[at] ?? 0], ground.manners[manner[at] ?? 0]];
  if (where === undefined || how === undefined) throw new Error(`no spell ${at}`);
  const [begins, ends] = [from[at] ?? 0, to[at] ?? open];
  return {
    fromDate: dayOfNumber(begins),
    toDate: ends === open ? null : dayOfNumber(ends),
    state: how.state,
    cause: how.cause,
    grade: how.grade,
    schoolId: where.schoolId,
    classId: where.classId,
  };
}
