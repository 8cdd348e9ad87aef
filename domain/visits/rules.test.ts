import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chinaMinute, contentText, contentVersion, contentVersions } from './content.ts';
import { VisitContent, type Signature } from './record.ts';
import { contentIssues, coverageOf, fulfils, modesFor, monthsOf, settledBy, spreadOver } from './rules.ts';
import { partiesNeeded, signatureIssues, signedState } from './signatures.ts';

const line = (y: number) => [Array.from({ length: 20 }, (_, index) => ({ x: index / 20, y }))];
const content = (more: object = {}) =>
  VisitContent.parse({
    visitors: [{ staffId: null, name: '周老师' }],
    guardian: { name: '李大海', relation: '父亲' },
    purpose: '了解家庭情况',
    family: '父母务工',
    ...more,
  });
const met = { mode: 'door' as const, met: true, paperForm: false, guardianName: '李大海' };
const all: Signature[] = [
  { party: 'teacher', means: 'drawn', strokes: line(0.2) },
  { party: 'guardian', means: 'drawn', strokes: line(0.4) },
  { party: 'pupil', means: 'drawn', strokes: line(0.6) },
];
const pathsOf = (visit: Parameters<typeof signatureIssues>[0], signatures: Signature[]) =>
  signatureIssues(visit, signatures).map((issue) => issue.path);

describe('signatures', () => {
  test('VIS-05 all three at the door, or what stands instead; nobody for a call or an attempt', () => {
    expect(pathsOf(met, all)).toEqual([]);
    expect(pathsOf(met, all.slice(0, 2))).toEqual(['signatures']);
    expect(pathsOf(met, [])).toHaveLength(3);
    expect(pathsOf({ ...met, paperForm: true }, [])).toEqual([]);
    expect(partiesNeeded('phone', true)).toEqual([]);
    expect(partiesNeeded('door', false)).toEqual([]);
    expect(
      pathsOf(met, [
        all[0] as Signature, // as: three stand above
        { party: 'guardian', means: 'refused', reason: '不愿意签', witness: { name: '王网格', strokes: line(0.8) } },
        { party: 'pupil', means: 'absent', reason: '' },
      ]),
    ).toEqual([]);
  });

  test.each<[string, Signature, string]>([
    ['an empty stroke', { party: 'guardian', means: 'drawn', strokes: [] }, 'signatures.1.strokes'],
    ['a tap', { party: 'guardian', means: 'drawn', strokes: [[{ x: 0.5, y: 0.5 }]] }, 'signatures.1.strokes'],
    ['the hand of the teacher', { party: 'guardian', means: 'drawn', strokes: line(0.2) }, 'signatures.1.strokes'],
    [
      'the hand of the teacher as witness',
      { party: 'guardian', means: 'refused', reason: '不愿', witness: { name: '某', strokes: line(0.2) } },
      'signatures.1.witness.strokes',
    ],
    [
      'a witness who did not sign',
      { party: 'guardian', means: 'refused', reason: '不愿', witness: { name: '某', strokes: [] } },
      'signatures.1.witness.strokes',
    ],
    [
      'himself as another',
      { party: 'guardian', means: 'byOther', name: '李大海', relation: '父亲', strokes: line(0.9) },
      'signatures.1.name',
    ],
  ])('VIS-05 refuses %s', (_what, wrong, path) => {
    const [teacher, , pupil] = all;
    if (!teacher || !pupil) throw new Error('three stand above');
    expect(pathsOf(met, [teacher, wrong, pupil])).toEqual([path]);
  });

  test('VIS-05 the teacher signs himself, and nobody signs twice', () => {
    expect(pathsOf({ ...met, paperForm: true }, [{ party: 'teacher', means: 'absent', reason: '' }])).toEqual([
      'signatures.0.means',
    ]);
    expect(pathsOf(met, [...all, { party: 'pupil', means: 'drawn', strokes: line(0.1) }])).toEqual([
      'signatures.3.party',
    ]);
  });

  test('VIS-06 VIS-08 the state: changed before anything else, awaited on paper, incomplete, whole, not needed', () => {
    const prints = (...of: string[]) =>
      new Map(
        (['teacher', 'guardian', 'pupil'] as const).slice(0, of.length).map((party, at) => [party, of[at] ?? '']),
      );
    const visit = { mode: 'door' as const, met: true, paperForm: false, print: 'a' };
    expect(signedState(visit, prints('a', 'a', 'a'))).toBe('signed');
    expect(signedState(visit, prints('a', 'b', 'a'))).toBe('changed');
    expect(signedState(visit, prints('a', 'a'))).toBe('incomplete');
    expect(signedState({ ...visit, paperForm: true }, prints())).toBe('awaitingScan');
    expect(signedState({ ...visit, mode: 'phone' }, prints())).toBe('notNeeded');
    expect(signedState({ ...visit, mode: 'phone' }, prints('a'))).toBe('signed');
  });
});

describe('the content', () => {
  test('VIS-16 the second version prints sex, telephone and family too; what was signed under the first reads as it was', () => {
    const visit = { mode: 'door' as const, at: '2026-11-20T02:00:00Z', content: content() };
    const added = (contentVersions[2] ?? []).map((one) => one.label).filter((label) => !(contentVersions[1] ?? []).some((one) => one.label === label)); // prettier-ignore
    expect(added).toEqual(['性别', '联系方式', '家庭成员']);
    const more = { ...visit, content: content({ members: '父母、祖母' }) };
    expect(contentText(1, more)).toBe(contentText(1, visit));
    expect(contentText(2, more)).toContain('家庭成员：父母、祖母');
    expect(contentVersion).toBe(2);
  });

  test('VIS-06 every printed field changes the text, what is not printed does not', () => {
    const visit = { mode: 'door' as const, at: '2026-11-20T02:00:00Z', content: content() };
    const text = contentText(1, visit);
    for (const key of ['purpose', 'family', 'atSchool', 'atHome', 'analysis', 'opinion', 'measures', 'companions'])
      expect(contentText(1, { ...visit, content: content({ [key]: '另一句' }) })).not.toBe(text);
    expect(contentText(1, { ...visit, content: content({ nextDay: '2026-12-01' }) })).not.toBe(text);
    expect(contentText(1, { ...visit, at: '2026-11-20T02:01:00Z' })).not.toBe(text);
    expect(
      contentText(1, { ...visit, content: content({ location: { latitude: 30.6, longitude: 114.3, accuracy: 12 } }) }),
    ).toBe(text);
    expect(text.split('\n')).toHaveLength((contentVersions[1]?.length ?? 0) + 1);
    expect(text).toContain('家访时间：2026-11-20 10:00');
  });

  test('VIS-06 a moment late in the day is the next day in China', () => {
    expect(chinaMinute('2026-12-31T16:05:00Z')).toEqual({ day: '2027-01-01', time: '00:05' });
    expect(chinaMinute('2026-12-31T15:59:00Z')).toEqual({ day: '2026-12-31', time: '23:59' });
  });

  test('VIS-04 what must be written: a guardian and what was found, or why nobody was met', () => {
    const paths = (more: object) => contentIssues(content(more), '2026-11-20').map((issue) => issue.path);
    expect(paths({})).toEqual([]);
    expect(paths({ guardian: null })).toEqual(['content.guardian']);
    expect(paths({ family: '' })).toEqual(['content.family']);
    expect(paths({ nextDay: '2026-11-20' })).toEqual(['content.nextDay']);
    expect(paths({ guardian: null, purpose: '', family: '', notMet: { reason: 'notHome' } })).toEqual([]);
    expect(paths({ notMet: { reason: 'other' } })).toEqual(['content.guardian', 'content.notMet.words']);
  });
});

describe('plans', () => {
  test('VIS-03 the modes that count', () => {
    const settings = { 'visits.modesTerm': ['上门', '线上'], 'visits.modesHoliday': ['电话'] };
    expect(modesFor('term', settings)).toEqual(['door', 'online']);
    expect(modesFor('holiday', settings)).toEqual(['phone']);
    expect(modesFor('atRisk', settings)).toEqual(['door']);
    expect(modesFor('case', settings)).toEqual(['door']);
  });

  test('VIS-02 an attempt, another mode, an earlier day and another case do not fulfil; the earliest fitting visit settles', () => {
    const planned = { caseId: 'c', modes: ['door'], fromDate: '2026-11-10', toDate: null };
    const visit = { id: 'b', mode: 'door' as const, met: true, day: '2026-11-12', caseId: 'c' };
    expect(fulfils(planned, visit)).toBe(true);
    for (const wrong of [{ met: false }, { mode: 'phone' as const }, { day: '2026-11-09' }, { caseId: null }])
      expect(fulfils(planned, { ...visit, ...wrong })).toBe(false);
    expect(settledBy(planned, [visit, { ...visit, id: 'a', day: '2026-11-11' }])?.id).toBe('a');
    expect(settledBy(planned, [{ ...visit, met: false }])).toBeNull();
  });

  test('VIS-03 months of a span, cut to it', () => {
    expect(monthsOf('2026-11-20', '2027-01-10')).toEqual([
      { from: '2026-11-20', to: '2026-11-30' },
      { from: '2026-12-01', to: '2026-12-31' },
      { from: '2027-01-01', to: '2027-01-10' },
    ]);
  });

  test('VIS-01 groups are spread in order and evenly: no day holds more than its share and one group', () => {
    const days = Array.from({ length: 10 }, (_, index) => `2026-11-${String(index + 10)}`);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const got = spreadOver(sizes, days);
        expect(got).toEqual([...got].sort());
        expect(got).toHaveLength(sizes.length);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        for (const day of days) {
          const load = sizes.reduce((sum, size, index) => sum + (got[index] === day ? size : 0), 0);
          expect(load).toBeLessThanOrEqual(Math.ceil(total / days.length) + 4);
        }
      }),
    );
  });

  test('VIS-02 counts by pupil and household: siblings make one household, late and tried are not covered', () => {
    const item = (childId: string, householdId: string | null, visitDay: string | null, attempts = 0) => ({
      childId,
      householdId,
      visitDay,
      attempts,
      toDate: '2026-12-31',
    });
    expect(
      coverageOf([
        item('a', 'h1', '2026-12-01'),
        item('b', 'h1', null, 2),
        item('c', 'h2', '2027-01-05'),
        item('d', null, null),
        item('e', null, '2026-12-31'),
      ]),
    ).toEqual({ due: 5, covered: 2, late: 1, attempted: 1, none: 1, households: 4, householdsCovered: 2 });
  });
});
