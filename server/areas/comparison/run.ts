import type { z } from 'zod';
import type { ComparisonResult } from '#contract/comparison.ts';
import { openingDay } from '#domain/basics/school-year.ts';
import type { Proposal } from '#domain/population/matching.ts';
import { retryHeldPresence, retryHeldRoster } from '#server/areas/imports/actions.ts';
import { catchmentsOf, readSettings, schoolsOf, type KnownSchool } from '#server/areas/organisations/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import { gatherStatistics } from '#server/database/gather.ts';
import type { Context } from '#server/http/context.ts';
import { countCells } from './cells.ts';
import { compare, resultOf, type OtherFacts } from './compare.ts';
import { loadLists, type LoadedLists } from './load.ts';
import { pairKey, proposeFor } from './propose.ts';
import { figuresOf } from './rollup.ts';
import { insertCells } from './store-cells.ts';
import { countHeldRows, listKeyLists, listPresence, listStandings } from './store-beside.ts';
import {
  insertProposals,
  listProposalRows,
  refreshProposal,
  withdrawProposals,
  type ProposalWrite,
} from './store-proposals.ts';
import { insertRun, laterRunStands, listRunInputs } from './store-runs.ts';
import { syncFindings, type Synced } from './sync.ts';
import { catchmentOf, wantedFindings, type DistrictWorld } from './wanted.ts';

/** The formula of the enrolment rate that runs are made with (product, section 6). */
export const rateFormula =
  '入学率 v1 ＝（名册在籍＋区外就读已核实）÷（应入学－延缓入学－死亡、迁出、出国、不具备学习条件）';

async function readFacts(context: Context, lists: LoadedLists, proposals: readonly Proposal[]): Promise<OtherFacts> {
  const { client, district } = context;
  const involved = [...new Set([...lists.absent, ...proposals.flatMap((pair) => [pair.leftId, pair.rightId])])];
  const presence = await listPresence(client, district, lists.asOf, openingDay(lists.asOf), involved);
  const standings = new Map(
    (await listStandings(client, district, lists.asOf)).map((row) => [
      row.child_id,
      { kind: row.kind, placeName: row.place_name },
    ]),
  );
  const involvedSet = new Set(involved);
  const candidates = [...lists.children.values()].filter(
    (child) => child.enrolment_id === null || involvedSet.has(child.id),
  );
  const keyLists = new Map<string, string[]>();
  for (const row of await listKeyLists(client, district, lists.asOf, candidates))
    keyLists.set(row.child_id, [...(keyLists.get(row.child_id) ?? []), row.list]);
  return { presence, standings, keyLists };
}

/** Writes the open proposals of a run; those without a reason any more are withdrawn, decisions stay. */
async function keepProposals(
  context: Context,
  lists: LoadedLists,
  proposals: readonly Proposal[],
  standing: Awaited<ReturnType<typeof listProposalRows>>,
): Promise<void> {
  const { client, district } = context;
  const known = new Map(standing.map((row) => [`${row.left_child_id}|${row.right_child_id}`, row]));
  const fresh: ProposalWrite[] = [];
  const stay = new Set<string>();
  for (const pair of proposals) {
    const reach = [
      ...new Set([
        ...(lists.children.get(pair.leftId)?.reach ?? []),
        ...(lists.children.get(pair.rightId)?.reach ?? []),
      ]),
    ].sort();
    const before = known.get(`${pair.leftId}|${pair.rightId}`);
    const write: ProposalWrite = {
      id: before?.id ?? context.newId(),
      left: pair.leftId,
      right: pair.rightId,
      kind: pair.kind,
      score: pair.score,
      reasons: pair.reasons,
      reach,
    };
    if (!before) fresh.push(write);
    else {
      stay.add(before.id);
      const same =
        before.state === 'open' &&
        before.kind === pair.kind &&
        Math.abs(before.score - pair.score) < 1e-6 &&
        before.reach.join() === reach.join() &&
        before.reasons.length === pair.reasons.length;
      if (!same) await refreshProposal(client, district, write);
    }
  }
  await insertProposals(client, district, fresh, context.now, await context.knownAt());
  await withdrawProposals(
    client,
    district,
    standing.filter((row) => row.state === 'open' && !stay.has(row.id)).map((row) => row.id),
  );
}

async function worldOf(context: Context, asOf: string, schools: readonly KnownSchool[]): Promise<DistrictWorld> {
  const byId = new Map(schools.map((school) => [school.id, school]));
  const catchments = new Map<string, { schoolId: string; code: string; stage: string }[]>();
  for (const { communityCode, schoolId } of await catchmentsOf(context, asOf)) {
    const school = byId.get(schoolId);
    if (school)
      catchments.set(communityCode, [
        ...(catchments.get(communityCode) ?? []),
        { schoolId, code: school.code, stage: school.stage },
      ]);
  }
  return {
    district: context.district,
    asOf,
    schoolNames: new Map(schools.map((school) => [school.id, school.name])),
    catchments,
  };
}

/** What a comparison answers. */
export type RunAnswer = z.output<typeof ComparisonResult> & { runId: string };

/**
 * Compares register, rosters, presence and key lists as of a day (`YYYY-MM-DD`) under the district's chain lock, keeps the run with its lists
 * and inputs, and brings proposals and findings up to date. A run for a day before one already compared only looks back: it changes neither.
 */
export async function runComparison(context: Context, asOf: string): Promise<RunAnswer> {
  const { client, district } = context;
  // The lock comes first: no list may be published between two of the reads below.
  const knownAt = await context.knownAt();
  const lookBack = await laterRunStands(client, district, asOf, context.today);
  const retried = await retryHeldRoster(context);
  const presenceRetried = await retryHeldPresence(context);
  const settings = await readSettings(context, asOf);
  const schools = await schoolsOf(context);
  const world = await worldOf(context, asOf, schools);
  const lists = await loadLists(context, asOf);
  const standing = await listProposalRows(client, district);
  const rejected = new Set(
    standing.filter((row) => row.state === 'rejected').map((row) => pairKey(row.left_child_id, row.right_child_id)),
  );
  const proposals = proposeFor(lists, world.schoolNames, rejected);
  const facts = await readFacts(context, lists, proposals);
  const heldRows = await countHeldRows(client, district);
  const compared = compare(
    lists,
    proposals,
    facts,
    settings.ages,
    lists.totals.register.reduce((sum, row) => sum + row.count, 0),
  );
  const result = resultOf(compared, heldRows);
  const cuts = await countCells(context, lists, compared, (child) => catchmentOf(world, child));
  const runId = context.newId();
  await insertRun(client, district, {
    id: runId,
    asOf,
    knownAt,
    formula: rateFormula,
    inputs: await listRunInputs(client, district, asOf),
    figures: figuresOf(lists, compared, heldRows, cuts),
    sealed: sealJson(context.keys, { table: 'comparison_run', column: 'sealed_lists', district, id: runId }, result),
    by: context.actor.id,
    byName: context.actor.name,
  });
  await insertCells(client, district, runId, cuts);
  let synced: Synced | null = null;
  if (!lookBack) {
    await keepProposals(context, lists, proposals, standing);
    synced = await syncFindings(context, runId, settings, wantedFindings(world, lists, compared, facts));
  }
  context.note({
    subjectKind: 'comparisonRun',
    subjectId: runId,
    detail: { asOf, retried, presenceRetried, lookBack, owing: compared.schoolAge.owing, ...synced },
  });
  const { database, log } = context.platform;
  if (lists.children.size > 1000) context.afterCommit(() => void gatherStatistics(database, log));
  return { ...result, runId };
}
