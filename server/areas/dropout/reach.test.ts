import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainFinding, listFindings, runComparison } from '#contract/comparison.ts';
import { checkDismissal, confirmCase, dismissCase, reportDropout } from '#contract/dropout.ts';
import { markReturned } from '#contract/dropout-steps.ts';
import { exportLedger, listLedger } from '#contract/dropout-ledgers.ts';
import { getCase, listCases } from '#contract/dropout-views.ts';
import { reachFor, reaches } from '#domain/basics/reach.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { chooseUnits, makeCast } from '#server/testing/cast.ts';
import { rows, walk } from '#server/testing/reach.ts';
import { openCaseWorld, pupilOf, reportOf, runOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;

beforeAll(async () => {
  on = await openCaseWorld();
  await on.officer.call(runComparison, { asOf: '2026-11-20' });
});
afterAll(() => on.world.stop());

describe('cases and ledgers', () => {
  it('DRP-16 a child not enrolled is a case 失学 of the catchment, one on roll and absent a case 辍学', async () => {
    const [missing] = (await on.officer.call(listFindings, { kind: 'notEnrolled', size: 50 })).rows;
    const [absent] = (await on.officer.call(listFindings, { kind: 'onRollAbsent', size: 50 })).rows;
    const [other] = (await on.officer.call(listFindings, { kind: 'doubleEnrolled', size: 50 })).rows;
    if (!missing || !absent || !other) throw new Error('no findings');
    const report = (finding: { id: string; childId: string }) =>
      on.officer.ask(reportDropout, reportOf(finding.childId, { findingId: finding.id }));
    const one = await report(missing);
    const two = await report(absent);
    expect([one.status, two.status, (await report(other)).status]).toEqual([200, 200, 404]);
    expect((await on.officer.call(getCase, { id: one.body.caseId })).kind).toBe('outOfSchool');
    const shown = await on.officer.call(getCase, { id: two.body.caseId });
    expect([shown.kind, shown.schoolName, shown.rounds[0]?.sourceWords]).toEqual([
      'dropout',
      absent.schoolName,
      '数据比对',
    ]);
    expect(
      (await on.teacher.ask(explainFinding, { id: other.id, category: 'x', evidence: '依据依据' })).status,
    ).not.toBe(200);
  });

  it('DRP-14 the ledgers of each day are as they were, as known then, and export complete', async () => {
    const pupil = pupilOf(on, 0);
    const dismissed = pupilOf(on, 1);
    const names = async (ledger: 'suspected' | 'dropout', asOf: string, more: { knownAt?: string } = {}) => {
      const seen = await on.officer.call(listLedger, { ledger, day: asOf, size: 200, ...more });
      return seen.rows.map((row) => row.childId).filter((id) => id === pupil.id || id === dismissed.id);
    };
    await on.move('2026-11-23T02:00:00Z');
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupil.id, { discovered: '2026-11-23' }));
    const gone = await on.teacher.call(reportDropout, reportOf(dismissed.id, { discovered: '2026-11-23' }));
    await on.move('2026-11-25T02:00:00Z');
    await on.principal.call(confirmCase, { id });
    await on.principal.call(dismissCase, { id: gone.caseId, reason: '病假，有证明' });
    await on.officer.call(checkDismissal, { id: gone.caseId, accept: true });
    await on.move('2026-12-04T02:00:00Z');
    const beforeReturn = '2026-12-04T01:00:00.000000Z';
    await on.tell(runOf(pupil, '2026-11-30', 5, '2026-12-04'));
    await on.principal.call(markReturned, { id, placement: '原班', signature: drawn(0.5) });
    expect(await names('suspected', '2026-11-22')).toEqual([]);
    expect((await names('suspected', '2026-11-23')).sort()).toEqual([pupil.id, dismissed.id].sort());
    expect(await names('suspected', '2026-11-25')).toEqual([]);
    expect(await names('dropout', '2026-11-25')).toEqual([pupil.id]);
    expect(await names('dropout', '2026-11-29')).toEqual([pupil.id]);
    expect(await names('dropout', '2026-11-30')).toEqual([]);
    expect(await names('dropout', '2026-12-01', { knownAt: beforeReturn })).toEqual([pupil.id]);
    expect((await on.officer.ask(listLedger, { ledger: 'dropout', day: '2026-12-05' })).status).toBe(422);
    const later = { ledger: 'dropout', knownAt: '2026-12-05T00:00:00.000000Z' } as const;
    expect((await on.officer.ask(listLedger, later)).status).toBe(422);
    expect((await on.officer.ask(exportLedger, later)).status).toBe(422);
    const ledger = await on.officer.call(listLedger, { ledger: 'dropout', day: '2026-11-26', size: 200 });
    const cells = ledger.rows.find((row) => row.childId === pupil.id)?.cells ?? [];
    const cell = (label: string) => cells[ledger.columns.indexOf(label)];
    expect([cell('姓名'), cell('原因'), cell('去向'), cell('确认日期'), cell('劝返次数')]).toEqual([
      pupil.name,
      '学习困难/厌学',
      '在家',
      '2026-11-25',
      '0',
    ]);
    const sheet = await on.officer.ask(exportLedger, { ledger: 'dropout', day: '2026-11-26' });
    expect(sheet.status).toBe(200);
    const lines = cellsOf(sheet.body).filter((row) => /^\d+$/.test(row[0] ?? ''));
    expect(lines.length).toBe(ledger.total);
    expect(JSON.stringify([ledger, lines])).not.toMatch(/\d{17}[\dX]/);
    expect((await on.officer.ask(exportLedger, { ledger: 'dropout', identities: 'full' })).status).toBe(403);
    const all = await on.officer.call(listLedger, { ledger: 'schoolAge', day: '2026-11-24', size: 200 });
    const pages = Math.ceil(all.total / 200);
    const rest = await Promise.all(
      Array.from({ length: pages }, (_, page) =>
        on.officer.call(listLedger, { ledger: 'schoolAge', day: '2026-11-24', size: 200, page: page + 1 }),
      ),
    );
    const everybody = rest.flatMap((one) => one.rows);
    expect(new Set(everybody.map((row) => row.childId)).size).toBe(all.total);
    const state = everybody.find((row) => row.childId === pupil.id)?.cells.at(-1);
    expect([all.total > 800, state]).toEqual([true, '疑似辍学']);
  });

  it(
    'DRP-15 every role sees the cases of its units and no others, each by id and in lists',
    { timeout: 120_000 },
    async () => {
      const stored = await rows<{ id: string; reach: string[]; child: string[] }>(
        on.world,
        'SELECT k.id, k.reach, c.reach AS child FROM return_case k JOIN child c ON c.district_code = $1 AND c.id = k.child_id WHERE k.district_code = $1',
      );
      expect(stored.length).toBeGreaterThan(3);
      expect(stored.filter((row) => row.child.some((token) => !row.reach.includes(token)))).toEqual([]);
      for (const table of ['case_event', 'case_state', 'case_round', 'dropout_report', 'case_follow_up']) {
        const apart = await rows<{ id: string }>(
          on.world,
          `SELECT x.id FROM ${table} x JOIN return_case k ON k.district_code = $1 AND k.id = x.case_id WHERE x.district_code = $1 AND x.reach <> k.reach`,
        );
        expect([table, apart]).toEqual([table, []]);
      }
      const cast = await makeCast(on.world, await chooseUnits(on.world), on.officer);
      const sizes = new Set<number>();
      for (const { role, person, posts } of cast) {
        const reach = reachFor(posts, 'cases.read');
        const expected = reach
          ? stored
              .filter((row) => reaches(reach, row.reach))
              .map((row) => row.id)
              .sort()
          : null;
        const seen = await walk(person, listCases, { state: 'all' });
        expect([role, seen ? seen.map((row) => row.id).sort() : null]).toEqual([role, expected]);
        if (expected) sizes.add(expected.length);
        for (const { id } of stored) {
          const { status } = await person.ask(getCase, { id });
          expect([role, id, status]).toEqual([role, id, expected ? (expected.includes(id) ? 200 : 404) : 403]);
        }
      }
      expect(sizes.size).toBeGreaterThan(2);
    },
  );
});
