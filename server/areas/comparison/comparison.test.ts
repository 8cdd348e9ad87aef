import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkExplanation,
  decideProposal,
  explainFinding,
  getFinding,
  getRun,
  listFindings,
  listProposals,
  listRuns,
  runComparison,
  signRun,
  startVerifying,
} from '#contract/comparison.ts';
import { makeDistrict } from '#server/sample/make-district.ts';
import { binjiangTruth, loadBinjiang } from '#server/testing/binjiang.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

const sorted = (list: readonly Record<string, string>[] | undefined) =>
  (list ?? []).map((one) => JSON.stringify(Object.fromEntries(Object.entries(one).sort()))).sort();

function expectTruth(
  result: {
    schoolAge: unknown;
    enrolmentRate: unknown;
    findings: Record<string, Record<string, string>[]>;
    otherProposals: Record<string, string>[];
  },
  truth: { schoolAge: unknown; enrolmentRate: unknown; findings: object },
) {
  expect(result.schoolAge).toEqual(truth.schoolAge);
  expect(result.enrolmentRate).toMatchObject(truth.enrolmentRate as object);
  for (const [kind, list] of Object.entries(truth.findings as Record<string, readonly Record<string, string>[]>)) {
    expect([kind, sorted(kind === 'otherProposals' ? result.otherProposals : result.findings[kind])]).toEqual([
      kind,
      sorted(list),
    ]);
  }
}

describe.each([false, true])('the Binjiang sample, rosters first: %s', (reverse) => {
  let world: World;
  let officer: Person;
  beforeAll(async () => {
    // The copied lists were handed in schools first, register and rosters after.
    world = await openWorld(reverse ? {} : { lists: 'binjiang' });
    if (reverse) await loadBinjiang(world, { reverse });
    officer = await world.person('bureauOfficer', world.district);
  });
  afterAll(() => world.stop());

  it.each(['2026-11-20', '2027-03-12'])('CMP-01 IMP-10 gives exactly its truth as of %s', async (asOf) => {
    expectTruth(await officer.call(runComparison, { asOf }), await binjiangTruth());
  });

  it('CMP-04 a confirmed proposal merges, can be undone, and a rejected one stays apart', async () => {
    const open = await officer.call(listProposals, {});
    expect(open.total).toBe(11);
    const [one, two] = open.rows;
    if (!one || !two) throw new Error('no proposals');
    expect(one.reasons.length).toBeGreaterThan(1);
    await officer.call(decideProposal, { id: one.id, decision: 'confirm', reason: '核对户口簿' });
    await officer.call(decideProposal, { id: two.id, decision: 'reject', reason: '两个孩子' });
    const after = await officer.call(runComparison, { asOf: '2026-11-20' });
    expect(after.findings['identityReview']?.length).toBe(9);
    expect(after.enrolmentRate.enrolledOnRoster).toBe(842);
    await officer.call(decideProposal, { id: one.id, decision: 'undo', reason: '看错了' });
    await officer.call(decideProposal, { id: two.id, decision: 'undo', reason: '看错了' });
    expectTruth(await officer.call(runComparison, { asOf: '2026-11-20' }), await binjiangTruth());
  });

  it('CMP-05 a finding is verified, explained with evidence and checked by another person', async () => {
    const list = await officer.call(listFindings, { kind: 'notEnrolled' });
    expect(list.total).toBe(9);
    const row = list.rows[0];
    if (!row) throw new Error('no finding');
    await officer.call(startVerifying, { id: row.id });
    const record = await officer.call(getFinding, { id: row.id });
    const category = record.categories[0];
    if (!category) throw new Error('no category');
    await officer.call(explainFinding, {
      id: row.id,
      category: category.code,
      evidence: '见到就读证明，盖章齐全',
      placeName: '某校',
    });
    expect((await officer.ask(checkExplanation, { id: row.id, accept: true })).status).not.toBe(200);
    const other = await world.person('bureauOfficer', world.district);
    await other.call(checkExplanation, { id: row.id, accept: true });
    expect((await other.call(getFinding, { id: row.id })).state).toBe('accepted');
  });

  it('CMP-06 a run keeps its inputs and can be signed once', async () => {
    const run = (await officer.call(listRuns, {})).rows[0];
    if (!run) throw new Error('no run');
    expect(run.inputs.length).toBe(7);
    await officer.call(signRun, { id: run.id, note: '属实' });
    expect((await officer.ask(signRun, { id: run.id })).body).toMatchObject({ code: 'wrong-step' });
    expect((await officer.call(getRun, { id: run.id })).signedName).toBe(officer.name);
  });
});

describe('districts made with other sizes, orders and errors', () => {
  it.each([1, 2, 3])('CMP-02 CMP-03 seed %i gives exactly its truth', async (seed) => {
    const world = await openWorld();
    const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-made-'));
    try {
      const made = await makeDistrict({ seed, children: 900, schools: 5, directory: folder });
      const hand = async (kind: 'schools' | 'register' | 'roster' | 'presence', files: readonly string[]) => {
        for (const file of files)
          await world.importFile(
            { kind, fileName: path.basename(file), asOf: made.asOf, dryRun: false },
            await readFile(file),
          );
      };
      await hand('schools', made.files.schools);
      await hand('register', made.files.register);
      await hand('roster', made.files.rosters);
      await hand('presence', made.files.presence);
      const officer = await world.person('bureauOfficer', world.district);
      expectTruth(await officer.call(runComparison, { asOf: made.asOf }), made.truth);
    } finally {
      await world.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
