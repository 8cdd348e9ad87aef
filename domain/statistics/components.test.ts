import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import {
  causeRules,
  componentSigns,
  components,
  courseCauses,
  type CourseCause,
  type CourseState,
} from '#domain/enrolment/course.ts';
import { knownAt, pupils as randomPupils } from '#server/testing/histories.ts';
import { identityGap, keyOf, movementsOf, tallies, tallyOf } from './components.ts';
import {
  courseParts,
  emptyTally,
  scopeKinds,
  type Period,
  type Pupil,
  type Scope,
  type Spell,
  type Tally,
} from './record.ts';

const primary = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const october: Period = { kind: 'month', from: '2026-10-01', to: '2026-10-31' };
const district: Scope = { kind: 'district', key: '' };
const ofPrimary: Scope = { kind: 'school', key: primary };

/** A child of `primary` since September, and what happened then: day, state, cause, other fields. */
function child(
  ...steps: [DateText, CourseState, CourseCause, Partial<Pick<Spell, 'schoolId' | 'classId' | 'grade'>>?][]
): Pupil {
  let place = { schoolId: primary, classId: 'a' as string | null, grade: 3 };
  const made = steps.map(([fromDate, state, cause, change]) => {
    place = { ...place, ...change };
    return { ...place, fromDate, state, cause, toDate: null as string | null };
  });
  return {
    childId: 'c',
    street: null,
    spells: made.map((spell, index) => ({ ...spell, toDate: made[index + 1]?.fromDate ?? null })),
  };
}

/** What of a tally is not 0. */
function some(tally: Tally): Partial<Tally> {
  return Object.fromEntries(courseParts.filter((part) => tally[part] !== 0).map((part) => [part, tally[part]]));
}
const of = (pupil: Pupil, scope: Scope = district, period: Period = october) => some(tallyOf([pupil], scope, period));
const since: [DateText, CourseState, CourseCause] = ['2026-09-01', 'inSchool', 'listed'];

describe('the rules of product §6', () => {
  it('STA-02 out and back within one period is in neither Drop, Gone nor Back; both events stand apart', () => {
    const dropped = child(since, ['2026-10-05', 'dropout', 'dropout'], ['2026-10-20', 'inSchool', 'returned']);
    expect(of(dropped)).toEqual({ S0: 1, S1: 1, Confirmed: 1, Returned: 1, DropBack: 1 });
    const gone = child(since, ['2026-10-05', 'gone', 'leftWithout'], ['2026-10-20', 'inSchool', 'returned']);
    expect(of(gone)).toEqual({ S0: 1, S1: 1, GoneBack: 1 });
  });

  it('STA-02 out in one period and back in the next is Drop, then Back; between them he is Open', () => {
    const late = child(since, ['2026-10-20', 'dropout', 'dropout'], ['2026-11-10', 'inSchool', 'returned']);
    expect(of(late)).toEqual({ S0: 1, Drop: 1, Open: 1, Confirmed: 1 });
    const november: Period = { kind: 'month', from: '2026-11-01', to: '2026-11-30' };
    expect(of(late, district, november)).toEqual({ OpenStart: 1, Back: 1, S1: 1, Returned: 1 });
  });

  it('STA-02 a lawful exit and its return count in both', () => {
    const ill = child(since, ['2026-10-05', 'suspended', 'suspension'], ['2026-10-20', 'inSchool', 'resumed']);
    expect(of(ill)).toEqual({ S0: 1, Susp: 1, Back: 1, S1: 1 });
  });

  it('STA-02 a transfer under way stays in S1; past its day it is Gone, confirmed later it is Out', () => {
    const asked = child(since, ['2026-10-05', 'transferring', 'transferAsked']);
    expect(of(asked)).toEqual({ S0: 1, S1: 1, Transferring: 1 });
    const late = child(since, ['2026-10-05', 'transferring', 'transferAsked'], ['2026-10-19', 'gone', 'notArrived']);
    expect(of(late)).toEqual({ S0: 1, Gone: 1 });
    const confirmed = { ...late, spells: [...late.spells.slice(0, 2), { ...late.spells[2], state: 'out' } as Spell] };
    expect(of(confirmed)).toEqual({ S0: 1, Out: 1 });
    const within = child(since, ['2026-10-05', 'gone', 'notArrived'], ['2026-10-25', 'out', 'transferArrived']);
    expect(of(within)).toEqual({ S0: 1, Out: 1 });
  });

  it('STA-02 leaving grade 6 is MoveOut of the school and no exit of the district; a no-show is Gone of the district alone', () => {
    const year: Period = { kind: 'year', from: '2025-09-01', to: '2026-08-31' };
    const next: Period = { kind: 'year', from: '2026-09-01', to: '2027-08-31' };
    const leaver = child(
      ['2025-08-01', 'inSchool', 'listed', { grade: 6 }],
      ['2026-07-01', 'leaver', 'leaving'],
      ['2026-09-06', 'gone', 'noShow'],
    );
    expect(of(leaver, ofPrimary, year)).toEqual({ S0: 1, MoveOut: 1, Left6: 1, Leavers: 1 });
    expect(of(leaver, district, year)).toEqual({ S0: 1, S1: 1, Leavers: 1 });
    expect(of(leaver, district, next)).toEqual({ S0: 1, Gone: 1 });
    expect(of(leaver, ofPrimary, next)).toEqual({});
    const placed = child(
      ['2025-08-01', 'inSchool', 'listed', { grade: 6 }],
      ['2026-07-01', 'leaver', 'leaving'],
      ['2026-09-01', 'inSchool', 'placement', { schoolId: other, grade: 7 }],
    );
    expect(of(placed, district, next)).toEqual({ S0: 1, S1: 1 });
    expect(of(placed, { kind: 'school', key: other }, next)).toEqual({ MoveIn: 1, S1: 1 });
    expect(of(placed, { kind: 'level', key: 'junior' }, next)).toEqual({ MoveIn: 1, S1: 1 });
  });

  it('STA-02 a transfer inside the district is Out and In of the schools and nothing of the district; a class change is a move of the classes alone', () => {
    const moved = child(since, ['2026-10-12', 'inSchool', 'transferIn', { schoolId: other, classId: 'b' }]);
    expect(of(moved)).toEqual({ S0: 1, S1: 1 });
    expect(of(moved, ofPrimary)).toEqual({ S0: 1, Out: 1 });
    expect(of(moved, { kind: 'school', key: other })).toEqual({ In: 1, S1: 1 });
    const changed = child(since, ['2026-10-12', 'inSchool', 'classChange', { classId: 'b' }]);
    expect(of(changed, ofPrimary)).toEqual({ S0: 1, S1: 1 });
    expect(of(changed, { kind: 'class', key: 'a' })).toEqual({ S0: 1, MoveOut: 1 });
    expect(of(changed, { kind: 'class', key: 'b' })).toEqual({ MoveIn: 1, S1: 1 });
  });

  it('STA-02 grade 9 completed is Grad, in the same house too; death and emigration are their own', () => {
    const nine = (state: CourseState, cause: CourseCause, grade: number) =>
      of(child(['2026-09-01', 'inSchool', 'listed', { grade: 9 }], ['2026-10-03', state, cause, { grade }]));
    expect(nine('graduated', 'graduation', 9)).toEqual({ S0: 1, Grad: 1 });
    expect(nine('inSchool', 'promotion', 10)).toEqual({ S0: 1, Grad: 1 });
    expect(nine('dead', 'death', 9)).toEqual({ S0: 1, Dead: 1 });
    expect(nine('abroad', 'emigration', 9)).toEqual({ S0: 1, Abroad: 1 });
  });

  it('ENR-03 STA-01 every lawful end of a stay counts in one component of its school and of the district, and the identity holds', () => {
    const exits = { suspended: 'Susp', dropout: 'Drop', gone: 'Gone', out: 'Out', dead: 'Dead', abroad: 'Abroad', graduated: 'Grad' }; // prettier-ignore
    for (const cause of courseCauses) {
      const { from, to } = causeRules[cause];
      for (const state of from.includes('inSchool') ? to : []) {
        const left = child(since, ['2026-10-12', state, cause]);
        const part = exits[state as keyof typeof exits] as keyof Tally | undefined; // as: undefined for states that do not leave
        if (state === 'leaver') expect(of(left, ofPrimary)).toEqual({ S0: 1, MoveOut: 1, Leavers: 1 });
        else expect(part === undefined ? of(left).S1 : of(left)[part], `${cause} ${state}`).toBe(1);
        for (const scope of [district, ofPrimary]) expect(identityGap(tallyOf([left], scope, october))).toBe(0);
      }
    }
  });

  it('STA-01 names stand behind each movement, with their day', () => {
    const ill = child(since, ['2026-10-05', 'suspended', 'suspension'], ['2026-10-20', 'inSchool', 'resumed']);
    expect(movementsOf(ill, 'school', october)).toEqual([
      { day: '2026-10-05', key: primary, part: 'Susp' },
      { day: '2026-10-20', key: primary, part: 'Back' },
    ]);
  });
});

/** What of a child can be seen on each day from the eve of a period to its end: his spell, or nothing. */
function daysOf(pupil: Pupil, period: Period): (Spell | null)[] {
  const days: (Spell | null)[] = [];
  for (let day = addCalendarDays(period.from, -1); day <= period.to; day = addCalendarDays(day, 1))
    days.push(pupil.spells.find((one) => one.fromDate <= day && (one.toDate === null || day < one.toDate)) ?? null);
  return days;
}

const lawful: Partial<Record<CourseState, (typeof components)[number]>> = {
  suspended: 'Susp',
  out: 'Out',
  dead: 'Dead',
  abroad: 'Abroad',
  graduated: 'Grad',
  leaver: 'MoveOut',
};
const inner: readonly CourseCause[] = [
  'classChange',
  'repeat',
  'skip',
  'promotion',
  'placement',
  'leaving',
  'correction',
];

/** The slow recount: one scope, one child, one day after the other, looking ahead and back over the days. */
function recount(days: readonly (Spell | null)[], inScope: (spell: Spell) => boolean, wide: boolean): Tally {
  const tally = emptyTally();
  const sits = (spell: Spell | null | undefined): spell is Spell =>
    spell != null &&
    spell.grade < 10 &&
    (spell.state === 'inSchool' || spell.state === 'transferring' || (wide && spell.state === 'leaver'));
  const mine = (spell: Spell | null | undefined) => sits(spell) && inScope(spell);
  const open = (spell: Spell | null | undefined) => spell?.state === 'dropout' && spell.grade < 10;
  const last = days.length - 1;
  if (mine(days[0])) tally.S0 += 1;
  if (mine(days[last])) tally.S1 += 1;
  if (open(days[0]) && days[0] && inScope(days[0])) tally.OpenStart += 1;
  if (open(days[last]) && days[last] && inScope(days[last])) tally.Open += 1;
  const moved = (later: Spell, earlier: Spell) =>
    inner.includes(later.cause) || later.schoolId === earlier.schoolId ? 'Move' : '';
  for (let today = 1; today <= last; today += 1) {
    const [was, is] = [days[today - 1] ?? null, days[today] ?? null];
    if (is && inScope(is) && open(is) && !open(was)) tally.Confirmed += 1;
    if (was && inScope(was) && open(was) && sits(is)) tally.Returned += 1;
    if (was && mine(was) && !mine(is)) {
      let ahead = today;
      while (ahead <= last && !sits(days[ahead])) ahead += 1;
      const back = days[ahead];
      const state = ahead === today ? null : (days[ahead - 1] ?? null);
      if (state && state.grade > 9) tally.Grad += 1;
      else if (state && lawful[state.state]) tally[lawful[state.state] ?? 'Out'] += 1;
      else if (back == null) tally[state?.state === 'dropout' ? 'Drop' : 'Gone'] += 1;
      else if (!mine(back)) tally[`${moved(back, was)}Out`] += 1;
    }
    if (is && mine(is) && !mine(was)) {
      let behind = today - 1;
      while (behind >= 0 && !sits(days[behind])) behind -= 1;
      const from = days[behind];
      const unlawful = was && was.grade < 10 && (was.state === 'dropout' || was.state === 'gone');
      if (from && (unlawful || behind === today - 1)) {
        if (!mine(from)) tally[`${moved(is, from)}In`] += 1;
        else if (unlawful) tally[was.state === 'dropout' ? 'DropBack' : 'GoneBack'] += 1;
      } else if (is.cause === 'transferIn') tally.In += 1;
      else if (was === null) tally.New += 1;
      else if (unlawful || (was.state === 'suspended' && was.grade < 10)) tally.Back += 1;
      else if (was.state === 'leaver' && was.grade < 10) tally.MoveIn += 1;
      else if (is.cause === 'listed' || is.cause === 'entry') tally.New += 1;
      else if (inner.includes(is.cause) && is.cause !== 'leaving' && is.cause !== 'correction') tally.MoveIn += 1;
      else tally.Back += 1;
    }
  }
  return tally;
}

const compared = [
  'S0',
  ...components,
  'S1',
  'OpenStart',
  'Open',
  'Confirmed',
  'Returned',
  'DropBack',
  'GoneBack',
] as const;
const asked = fc.record({
  start: fc.integer({ min: -300, max: 500 }),
  length: fc.integer({ min: 1, max: 300 }),
  moment: fc.nat(3),
});

describe('random histories', () => {
  it('STA-01 STA-03 thousands of lawful histories with corrections and late entries agree with a day by day recount in every scope', () => {
    let histories = 0;
    let scopes = 0;
    let moving = 0;
    fc.assert(
      fc.property(randomPupils, asked, (made, { start, length, moment }) => {
        const from = addCalendarDays('2026-09-01', start);
        const period: Period = { kind: 'month', from, to: addCalendarDays(from, length - 1) };
        const known = made.map((pupil) => knownAt(pupil, moment));
        histories += known.length;
        const walked = known.map((pupil) => ({ pupil, days: daysOf(pupil, period) }));
        for (const kind of scopeKinds) {
          const counted = tallies(known, kind, period);
          const keys = new Set(known.flatMap((pupil) => pupil.spells.map((one) => keyOf(one, pupil.street, kind))));
          for (const key of keys) {
            scopes += 1;
            const slow = emptyTally();
            for (const { pupil, days } of walked) {
              // who never belonged to the scope adds nothing to it
              if (!pupil.spells.some((one) => keyOf(one, pupil.street, kind) === key)) continue;
              const own = recount(
                days,
                (spell) => keyOf(spell, pupil.street, kind) === key,
                kind === 'district' || kind === 'street',
              );
              for (const part of courseParts) slow[part] += own[part];
            }
            const quick = counted.get(key) ?? emptyTally();
            for (const part of compared)
              if (slow[part] !== quick[part])
                throw new Error(`${kind} ${key} ${part}: ${String(quick[part])} for ${String(slow[part])}`);
            const gap = components.reduce((sum, part) => sum + componentSigns[part] * quick[part], quick.S0) - quick.S1;
            if (gap !== 0 || identityGap(quick) !== 0)
              throw new Error(`${kind} ${key}: identity is off by ${String(gap)}`);
            if (components.some((part) => quick[part] > 0)) moving += 1;
          }
        }
      }),
      { numRuns: 700, seed: 20261120 },
    );
    expect(histories).toBeGreaterThan(3000);
    expect(moving).toBeGreaterThan(scopes / 10);
  });
});
