import { keyOf, movementsOf, stocksOf } from './components.ts';
import { streetOn, type Home } from './homes.ts';
import {
  dayOfNumber,
  numberIn,
  numberOfDay,
  open,
  spellAt,
  type Courses,
  type Ground,
  type Said,
  type Scopes,
  type Shape,
} from './packed.ts';
import {
  courseParts,
  emptyTally,
  type CoursePart,
  type Period,
  type Pupil,
  type ScopeKind,
  type Tally,
} from './record.ts';

/** Spells that one child may have within a period for its window to be kept; the rules are asked anew for a longer one. */
const mostSpells = 63;

const noShape = (): Shape => ({ next: new Map(), said: null });

/** The scopes of a kind over a ground, brought up to the places that it has now. */
function scopesOf(ground: Ground, kind: ScopeKind): Scopes {
  const scopes = ground.scopes.get(kind) ?? {
    keys: [],
    numbers: new Map<string, number>(),
    of: [],
    stood: noShape(),
    began: noShape(),
  };
  ground.scopes.set(kind, scopes);
  for (let place = scopes.of.length; place < ground.places.length; place += 1) {
    const spell = ground.places[place];
    if (spell === undefined) break;
    const key = keyOf(spell, null, kind);
    scopes.of.push(numberIn(scopes.numbers, key, () => scopes.keys.push(key)));
  }
  return scopes;
}

/** Asks the rules of components.ts about one window of spells. */
function askRules(courses: Courses, kind: ScopeKind, period: Period, first: number, behind: number): readonly Said[] {
  const spells = Array.from({ length: behind - first }, (_, at) => spellAt(courses, first + at));
  const keys = spells.map((spell) => keyOf(spell, null, kind));
  const pupil: Pupil = { childId: '', street: null, spells };
  return [...stocksOf(pupil, kind, period), ...movementsOf(pupil, kind, period)].map((one) => {
    const said = {
      part: courseParts.indexOf(one.part),
      scope: keys.indexOf(one.key),
      day: spells.findIndex((spell) => spell.fromDate === one.day),
    };
    if (said.scope < 0 || said.day < 0) throw new Error(`the rules tell of ${one.part} on ${one.day} in no spell`);
    return said;
  });
}

/** What is asked of packed courses: one kind of scope over a period. */
export interface PackedAsk {
  kind: ScopeKind;
  period: Period;
  /** The homes of the children in their order; needed for kinds of streets and where one street is asked for. */
  homes?: readonly (readonly Home[])[] | undefined;
  /** Only children who live in a street. */
  street?: string | null | undefined;
}

/** Kinds whose key begins with the street where a child lives; the rest of the key comes from the spell. */
const homeKinds: readonly ScopeKind[] = ['street', 'streetLevel'];

/** What the rules say of a child: the number of the child and of the first spell of his window come with it. */
type Hear = (said: readonly Said[], first: number, child: number) => void;

/**
 * What components.ts says of each child from `child` on and before `behind`. The rules see of spells their states, causes and grades, which of
 * them share a scope or a school, and whether the first stood on the eve; so two windows alike in all this are told alike, and the rules are
 * asked once for each that is met.
 */
function eachChild(courses: Courses, { kind, period }: PackedAsk, range: readonly [number, number], hear: Hear): void {
  const { ground, starts, from, to, place, manner } = courses;
  const { of, stood, began } = scopesOf(ground, kind);
  const { schoolOf } = ground;
  const [firstDay, lastDay] = [numberOfDay(period.from), numberOfDay(period.to)];
  for (let child = range[0]; child < range[1]; child += 1) {
    let first = starts[child] ?? 0;
    const end = starts[child + 1] ?? first;
    while (first < end && (to[first] ?? open) < firstDay) first += 1;
    if (first === end || (from[first] ?? open) > lastDay) continue;
    let shape = (from[first] ?? 0) < firstDay ? stood : began;
    let behind = first;
    for (; behind < end && (from[behind] ?? open) <= lastDay; behind += 1) {
      const here = place[behind] ?? 0;
      const [scope, school] = [of[here], schoolOf[here]];
      let [sameScope, sameSchool] = [first, first];
      while (of[place[sameScope] ?? 0] !== scope) sameScope += 1;
      while (schoolOf[place[sameSchool] ?? 0] !== school) sameSchool += 1;
      const code = (((manner[behind] ?? 0) << 6) | ((sameScope - first) & 63)) * 64 + ((sameSchool - first) & 63);
      let next = shape.next.get(code);
      if (next === undefined) {
        next = noShape();
        shape.next.set(code, next);
      }
      shape = next;
    }
    const told =
      behind - first > mostSpells ? askRules(courses, kind, period, first, behind) : (shape.said ??= askRules(courses, kind, period, first, behind)); // prettier-ignore
    hear(told, first, child);
  }
}

/** Says in which street a child lives on the last day of a period, `''` for no known address; null where nothing asked depends on it. */
function streetOf({ kind, period, homes, street }: PackedAsk): ((child: number) => string) | null {
  if (!homeKinds.includes(kind) && !street) return null;
  if (homes === undefined) throw new Error(`${kind} is asked for without homes`);
  // who lives alike shares one list
  const known = new Map<readonly Home[], string>();
  return (child) => {
    const own = homes[child] ?? [];
    const met = known.get(own);
    if (met !== undefined) return met;
    const found = streetOn(own, period.to) ?? '';
    known.set(own, found);
    return found;
  };
}

/** Counts children of packed courses into the tallies of a kind of scope: `count` some of them, and `tallies` when all were counted. */
export function tallier(
  courses: Courses,
  asked: PackedAsk,
): { count: (child: number, behind: number) => void; tallies: () => Map<string, Tally> } {
  const { of, keys } = scopesOf(courses.ground, asked.kind);
  const { place } = courses;
  const home = streetOf(asked);
  const parts = courseParts.length;
  const byStreet = new Map<string, Int32Array>();
  const size = keys.length * parts;
  const countsOf = (street: string): Int32Array => {
    const known = byStreet.get(street) ?? new Int32Array(size);
    byStreet.set(street, known);
    return known;
  };
  const whole = countsOf('');
  const apart = homeKinds.includes(asked.kind);
  return {
    count(child, behind) {
      eachChild(courses, asked, [child, behind], (said, first, at) => {
        const street = home === null ? '' : home(at);
        if (asked.street && street !== asked.street) return;
        const counts = apart ? countsOf(street) : whole;
        for (const { part, scope } of said) {
          const cell = (of[place[first + scope] ?? 0] ?? 0) * parts + part;
          counts[cell] = (counts[cell] ?? 0) + 1;
        }
      });
    },
    tallies() {
      const made = new Map<string, Tally>();
      for (const [street, counts] of byStreet)
        for (let cell = 0; cell < size; cell += parts) {
          const found = counts.subarray(cell, cell + parts);
          if (found.every((count) => count === 0)) continue;
          const tally = emptyTally();
          for (const [at, part] of courseParts.entries()) tally[part] = found[at] ?? 0;
          made.set(`${street}${keys[cell / parts] ?? ''}`, tally);
        }
      return made;
    },
  };
}

/** Names the children of packed courses behind parts of one scope, each with his day: of a stock the day on which its spell began, of a movement its day. */
export function namer(
  courses: Courses,
  asked: PackedAsk & { key: string; parts: readonly CoursePart[] },
): { ids: string[]; days: string[]; name: (child: number, behind: number) => void } {
  const { of, numbers } = scopesOf(courses.ground, asked.kind);
  const { place, from, childIds } = courses;
  const home = streetOf(asked);
  // a key of streets is the street, then what follows from the spell
  const cut = asked.kind === 'street' ? asked.key.length : asked.kind === 'streetLevel' ? asked.key.indexOf(':') : 0;
  const wanted = numbers.get(asked.key.slice(cut));
  const streets = [...(homeKinds.includes(asked.kind) ? [asked.key.slice(0, cut)] : []), ...(asked.street ? [asked.street] : [])]; // prettier-ignore
  const parts = new Set(asked.parts.map((part) => courseParts.indexOf(part)));
  const [ids, days]: [string[], string[]] = [[], []];
  return {
    ids,
    days,
    name(child, behind) {
      if (wanted === undefined) return;
      eachChild(courses, asked, [child, behind], (said, first, at) => {
        for (const { part, scope, day } of said) {
          if (!parts.has(part) || of[place[first + scope] ?? 0] !== wanted) continue;
          if (home !== null && streets.some((street) => home(at) !== street)) continue;
          ids.push(childIds[at] ?? '');
          days.push(dayOfNumber(from[first + day] ?? 0));
        }
      });
    },
  };
}
