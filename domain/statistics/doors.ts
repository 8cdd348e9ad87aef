/** Results by their number that are counted beside; any other is the first. */
const results: readonly string[] = ['', 'refused', 'notMet'];

/** Households with their street and surveys in columns; only added to, so that everything made of a part of them stays true. */
interface DoorGround {
  streets: string[];
  streetNumbers: Map<string, number>;
  numbers: Map<string, number>;
  /** Of each household: its street, the moment from which it is known, and its survey that was added last (−1: none). */
  street: number[];
  since: number[];
  last: number[];
  /** Of each survey: the one of the same household added before it (−1: none), its day, the moment from which it is known, its result. */
  before: number[];
  day: number[];
  known: number[];
  result: number[];
}

/** The first so many households and surveys of a ground. */
export interface Doors {
  ground: DoorGround;
  households: number;
  surveys: number;
}

/** A household as it is added; `since` in microseconds. */
export interface DoorHousehold {
  id: string;
  street: string | null;
  since: number;
}

/** A survey as it is added; `known` in microseconds. */
export interface DoorSurvey {
  householdId: string;
  day: string;
  result: string;
  known: number;
}

/** The households of a street, and how many of them were called on. */
export interface DoorCounts {
  street: string;
  Households: number;
  Surveyed: number;
  Refused: number;
  NotMet: number;
}

const numberOfDay = (day: string): number => Number(day.replaceAll('-', ''));

/** No household yet. */
export function noDoors(): Doors {
  const ground = {
    streets: [],
    streetNumbers: new Map(),
    numbers: new Map(),
    street: [],
    since: [],
    last: [],
    before: [],
    day: [],
    known: [],
    result: [],
  };
  return { ground, households: 0, surveys: 0 };
}

/** The doors with more households, and more surveys of these and of earlier ones; whoever holds the earlier doors still counts as before. */
export function withMore(
  { ground }: Doors,
  households: readonly DoorHousehold[],
  surveys: readonly DoorSurvey[],
): Doors {
  for (const { id, street, since } of households) {
    if (ground.numbers.has(id)) continue;
    const name = street ?? '';
    if (!ground.streetNumbers.has(name)) ground.streetNumbers.set(name, ground.streets.push(name) - 1);
    ground.numbers.set(id, ground.street.push(ground.streetNumbers.get(name) ?? 0) - 1);
    ground.since.push(since);
    ground.last.push(-1);
  }
  for (const { householdId, day, result, known } of surveys) {
    const household = ground.numbers.get(householdId);
    if (household === undefined) throw new Error(`a survey of household ${householdId}, which is not known`);
    const number = ground.before.push(ground.last[household] ?? -1) - 1;
    ground.last[household] = number;
    ground.day.push(numberOfDay(day));
    ground.known.push(known);
    ground.result.push(Math.max(0, results.indexOf(result)));
  }
  return { ground, households: ground.street.length, surveys: ground.before.length };
}

/**
 * Households by street as known at a moment (microseconds), and how many of them were called on between two days, both included: by the last
 * of those surveys each has refused, was not met or has another result. Streets without a household are left out.
 */
export function countDoors(
  { ground, households, surveys }: Doors,
  asked: { from: string; to: string; moment: number },
): DoorCounts[] {
  const { streets, street, since, last, before, day, known, result } = ground;
  const [from, to] = [numberOfDay(asked.from), numberOfDay(asked.to)];
  const counts = streets.map((name) => ({ street: name, Households: 0, Surveyed: 0, Refused: 0, NotMet: 0 }));
  const lastOf = (household: number): number => {
    let best = -1;
    for (let at = last[household] ?? -1; at >= 0; at = before[at] ?? -1) {
      // added after these doors were made, or known later than asked, or on no day of the span
      if (at >= surveys || (known[at] ?? 0) > asked.moment) continue;
      const on = day[at] ?? 0;
      if (on < from || on > to) continue;
      const than = day[best] ?? -1;
      if (on > than || (on === than && (known[at] ?? 0) > (known[best] ?? 0))) best = at;
    }
    return best;
  };
  for (let household = 0; household < households; household += 1) {
    const own = counts[street[household] ?? 0];
    if (own === undefined || (since[household] ?? 0) > asked.moment) continue;
    own.Households += 1;
    const survey = lastOf(household);
    if (survey < 0) continue;
    own.Surveyed += 1;
    const how = results[result[survey] ?? 0];
    if (how === 'refused') own.Refused += 1;
    else if (how === 'notMet') own.NotMet += 1;
  }
  return counts.filter((one) => one.Households > 0);
}
