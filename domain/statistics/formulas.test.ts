import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { evaluate, figureIds, formulas, formulaWith, percentWords } from './formulas.ts';
import { besideParts, identityParts, otherParts } from './record.ts';

const Golden = z.object({
  source: z.string(),
  netEnrolment: z.array(z.tuple([z.number(), z.number(), z.number(), z.string()])),
  netEnrolmentDiffering: z.array(z.tuple([z.number(), z.number(), z.number(), z.string(), z.string()])),
  schoolRetention: z.array(
    z.object({ school: z.string(), entrants: z.number(), in: z.number(), out: z.number(), graduates: z.number() }),
  ),
  gradeProgression: z.array(z.tuple([z.number(), z.number(), z.string()])),
});
const golden = Golden.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'golden.json'), 'utf8')));

it('STA-05 the golden file has 17 years, 6 schools and 15 grade pairs', () => {
  expect([golden.netEnrolment.length, golden.schoolRetention.length, golden.gradeProgression.length]).toEqual([
    17, 6, 15,
  ]);
});

it.each(golden.netEnrolment)(
  'STA-05 net enrolment of %s: %s and %s give the published %s',
  (_year, all, enrolled, published) => {
    const figure = evaluate('enrolment', { Owing: all, Enrolled: enrolled });
    expect(percentWords(figure.value, 1)).toBe(published);
  },
);

it.each(golden.netEnrolmentDiffering)(
  'STA-05 net enrolment of %s does not give what was published, and is not bent to it',
  (_year, all, enrolled, published, reckoned) => {
    const words = percentWords(evaluate('enrolment', { Owing: all, Enrolled: enrolled }).value, 1);
    expect(words).toBe(reckoned);
    expect(words).not.toBe(published);
  },
);

it.each(golden.schoolRetention)(
  'STA-05 retention of $school with mobility is 100.00',
  ({ entrants, graduates, ...moved }) => {
    const counts = { S0: entrants, In: moved.in, Out: moved.out, Grad: graduates };
    const figure = evaluate('cohortRetention', counts);
    expect([figure.numerator, figure.denominator]).toEqual([graduates, graduates]);
    expect(percentWords(figure.value)).toBe('100.00');
    expect(evaluate('cohortRetention', counts, 'raw').value).not.toBeCloseTo(100, 1);
  },
);

it('STA-05 the same sheet without mobility reads from 157 % to 98 %', () => {
  const raw = golden.schoolRetention.map(
    ({ entrants, graduates }) => evaluate('cohortRetention', { S0: entrants, Grad: graduates }, 'raw').value ?? 0,
  );
  expect([Math.round(Math.max(...raw)), Math.round(Math.min(...raw))]).toEqual([157, 98]);
});

it.each(golden.gradeProgression)('STA-05 grade progression of %s to %s is %s', (spring, autumn, published) => {
  expect(percentWords(evaluate('gradeProgression', { GradeSpring: spring, GradeAutumn: autumn }).value)).toBe(
    published,
  );
});

it('STA-04 every formula is data: id, version, words, parts that exist, variants with ids of their own', () => {
  const known = new Set<string>([...identityParts, ...besideParts, ...otherParts]);
  expect(Object.keys(formulas).sort()).toEqual([...figureIds].sort());
  for (const [id, formula] of Object.entries(formulas)) {
    expect([formula.id, formula.version > 0, formula.words.length > 4]).toEqual([id, true, true]);
    for (const variant of [null, ...formula.variants.map((one) => one.id)]) {
      const asked = formulaWith(formula.id, variant);
      for (const { part } of [...asked.numerator, ...asked.denominator]) expect(known.has(part)).toBe(true);
    }
    expect(new Set(formula.variants.map((one) => one.id)).size).toBe(formula.variants.length);
  }
});

it('STA-04 evaluating says both sides, the value, the formula and its version; nothing below has no value', () => {
  expect(evaluate('annualRetention', { S1: 198, Gone: 1, Drop: 1 })).toEqual({
    figure: 'annualRetention',
    version: 1,
    variant: null,
    numerator: 198,
    denominator: 200,
    value: 99,
  });
  expect(evaluate('dropoutRate', { Drop: 3 })).toMatchObject({ numerator: 3, denominator: 0, value: null });
  expect(percentWords(null)).toBe('—');
});

it('STA-04 variants change what they name: suspension counted or not, adjusted or raw, capped or not', () => {
  const counts = {
    S0: 100,
    S1: 96,
    Susp: 2,
    Suspended: 2,
    Drop: 1,
    Gone: 1,
    Owing: 100,
    Enrolled: 99,
    SuspendedOwing: 2,
  };
  expect(evaluate('dropoutRate', counts).value).toBe(1);
  expect(evaluate('dropoutRate', counts, 'withSuspended')).toMatchObject({ variant: 'withSuspended', value: 4 });
  expect(evaluate('annualRetention', counts, 'withSuspended')).toMatchObject({ numerator: 98, denominator: 100 });
  expect(evaluate('enrolment', counts, 'withoutSuspended').value).toBe(97);
  expect(evaluate('cohortRetention', { S0: 50, Grad: 52 }).value).toBe(100);
  expect(evaluate('cohortRetention', { S0: 50, Grad: 52 }, 'raw').value).toBe(104);
  expect(evaluate('dropoutRate', counts, 'of nobody')).toMatchObject({ variant: null, value: 1 });
});
