import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as comparison from '#contract/comparison.ts';
import { listRoster } from '#contract/enrolment.ts';
import * as households from '#contract/households.ts';
import * as imports from '#contract/imports.ts';
import { endpoints } from '#contract/index.ts';
import * as population from '#contract/population.ts';
import { getDesk } from '#contract/statistics.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import { reachFor, reaches, reachToken } from '#domain/basics/reach.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { chooseUnits, makeCast, type Member } from '#server/testing/cast.ts';
import { ids, readRecords, rows, sorted, walk, within, wrongOnes, type Records } from '#server/testing/reach.ts';
import { openWorld, type World } from '#server/testing/world.ts';

let world: World;
let records: Records;
let closed: Set<string>;
let people: Member[];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const officer = await world.person('bureauOfficer', world.district);
  const second = await world.person('bureauOfficer', world.district);
  await officer.call(comparison.runComparison, { asOf: '2026-11-20' });
  const units = await chooseUnits(world);
  people = await makeCast(world, units, second);
  const [open, other] = (await officer.call(comparison.listFindings, { kind: 'notEnrolled', size: 2 })).rows;
  if (!open || !other) throw new Error('no findings');
  // One finding is closed, one is given to a school that has nothing else to do with the child.
  const answer = { category: 'elsewhereWithRegistry', evidence: '学籍系统查询结果', placeName: '黄陂区某小学' };
  await officer.call(comparison.explainFinding, { id: open.id, ...answer });
  await second.call(comparison.checkExplanation, { id: open.id, accept: true });
  await officer.call(comparison.assignFinding, {
    id: other.id,
    ownerKind: 'school',
    ownerUnit: units.schools[1] ?? '',
    dueDate: '2026-12-01',
    reason: '学校熟悉情况',
  });
  records = await readRecords(world);
  closed = new Set(await ids(world, 'SELECT id FROM finding WHERE district_code = $1 AND closed_at IS NOT NULL'));
});
afterAll(() => world.stop());

/** Every `step`th of the ids, and all of those that matter most. */
function sampled(all: readonly string[], step: number, always: (id: string) => boolean): string[] {
  return all.filter((id, index) => index % step === 0 || always(id));
}

async function eachPerson(look: (who: Member) => Promise<void>): Promise<void> {
  for (const who of people) await look(who);
}

describe('what each role sees of each unit', () => {
  it('SEC-02 every call that opens a record of a child by id is walked here', () => {
    expect(
      endpoints
        .filter((endpoint) => endpoint.method === 'GET' && endpoint.path.includes('/:'))
        .map((endpoint) => endpoint.name)
        .sort(),
    ).toEqual([
      'attendance.exportFirstDay', // Of one's own school; server/areas/attendance/first-day-signed.test.ts walks it.
      'attendance.getFirstDaySchool', // Of one's own school; server/areas/attendance/first-day-signed.test.ts walks it.
      'attendance.getRollCallSheet', // Made by people; server/areas/attendance/roll-sheet.test.ts walks it.
      'books.downloadFile', // Made by people; server/areas/books/books.test.ts walks it.
      'books.getRecord', // Kept by people; server/areas/books/record-papers.test.ts walks it.
      'books.getValues', // Filled by people; server/areas/books/design.test.ts walks it.
      'comparison.getFinding',
      'comparison.getRun',
      'dropout.exportCase', // The same record as dropout.getCase.
      'dropout.getCase', // Made by people; server/areas/dropout/reach.test.ts walks it.
      'dropout.openReply', // Made by people; server/areas/dropout/safeguards.test.ts walks it.
      'duties.getCalendar', // By a secret of its own; server/areas/duties/calendar.test.ts.
      'duties.getDuty', // Duties are made by news; server/areas/duties/duties.test.ts walks it.
      'enrolment.getChange', // Made by people; server/areas/enrolment/changes.test.ts walks it.
      'enrolment.getCourse', // Made by lists and changes; server/areas/enrolment/changes.test.ts walks it.
      'enrolment.getPlacementSheet', // Made by people; server/areas/enrolment/placement-sheets.test.ts walks it.
      'enrolment.getSheet', // Made by people; server/areas/enrolment/sheets.test.ts walks it.
      'enrolment.listHomeLessons', // Made by people; server/areas/enrolment/changes-places.test.ts walks it.
      'enrolment.printChange', // Made by people; server/areas/enrolment/forms.test.ts walks it.
      'enrolment.printEmptyForm', // The form of a kind; nothing of a child.
      'imports.exportHeld',
      'imports.getImport',
      'interchange.downloadCopy', // Of the whole district, for the bureau alone; server/areas/interchange/copies.test.ts.
      'lists.export', // The lists' own handlers; server/http/list-export.test.ts walks it.
      'notices.copyDocument', // The same record as notices.downloadDocument; server/areas/notices/editable.test.ts walks it.
      'notices.copyJob', // Of one's own unit; server/areas/notices/bulk.test.ts.
      'notices.downloadDocument', // Made by people; server/areas/notices/notices.test.ts walks it.
      'notices.downloadJob', // Of one's own unit; server/areas/notices/bulk.test.ts.
      'notices.getDocument', // Made by people; server/areas/notices/notices.test.ts walks it.
      'notices.getJob', // Of one's own unit; server/areas/notices/bulk.test.ts.
      'organisations.getSchool', // Nothing of a child; everybody may look.
      'papers.openPaper', // Made by people; server/areas/papers/papers.test.ts walks it.
      'population.getChild',
      'population.getHousehold',
      'statistics.exportReport', // Of one's own school; server/areas/statistics/report-forms.test.ts walks it.
      'statistics.getReport', // Of one's own school; server/areas/statistics/reports.test.ts walks it.
      'statistics.getReportForm', // Of one's own school; server/areas/statistics/report-forms.test.ts walks it.
      'statistics.getReportVersion', // Of one's own school; server/areas/statistics/report-forms.test.ts walks it.
      'statistics.listReportCalls', // Of one's own school; server/areas/statistics/report-names.test.ts walks it.
      'statistics.listReportNames', // Of one's own school; server/areas/statistics/report-names.test.ts walks it.
      'visits.getVisit', // Made by people; server/areas/visits/visits.test.ts walks it.
      'visits.listPlanItems', // Made by people; server/areas/visits/plan-items.test.ts walks it.
      'visits.planCoverage', // Made by people; server/areas/visits/plans.test.ts walks it.
    ]);
  });

  it('SEC-02 the walk can fail: units differ in what they reach, and nobody but the bureau reaches all', () => {
    const sizes = people.map(({ posts }) => within(posts, 'children.read', records.children)?.length ?? 0);
    expect(new Set(sizes).size).toBeGreaterThan(8);
    expect(sizes.filter((size) => size === records.children.size).length).toBe(2);
  });

  it('SEC-02 the stored reach of every child and finding is the one told from the lists', async () => {
    const stored = await rows<{ id: string; reach: string[] }>(
      world,
      'SELECT id, reach FROM child WHERE district_code = $1 UNION ALL SELECT id, reach FROM finding WHERE district_code = $1',
    );
    const wrong = stored.filter(
      (row) =>
        sorted(row.reach)?.join() !==
        sorted([...(records.children.get(row.id) ?? records.findings.get(row.id) ?? [])])?.join(),
    );
    expect(wrong).toEqual([]);
    expect(stored.length).toBe(records.children.size + records.findings.size);
  });

  it(
    'SEC-02 children: the list has exactly those within reach, and each opens or is not found',
    { timeout: 300_000 },
    async () => {
      const all = [...records.children.keys()].sort();
      const busy = new Set(
        (
          await rows<{ id: string }>(
            world,
            'SELECT child_id AS id FROM finding WHERE district_code = $1 UNION SELECT child_id FROM enrolment_claim WHERE district_code = $1',
          )
        ).map((row) => row.id),
      );
      const some = sampled(all, 8, (id) => busy.has(id));
      await eachPerson(async ({ role, person, posts }) => {
        const expected = within(posts, 'children.read', records.children);
        const seen = await walk(person, population.listChildren, {});
        expect([role, sorted(seen?.map((row) => row.id))]).toEqual([role, expected]);
        const wrong = await wrongOnes(person, population.getChild, expected !== null, new Set(expected), some);
        expect([role, wrong]).toEqual([role, []]);
      });
    },
  );

  it('SEC-02 households: list, coverage and each by id', { timeout: 300_000 }, async () => {
    const some = sampled([...records.households.keys()].sort(), 12, () => false);
    await eachPerson(async ({ role, person, posts }) => {
      const expected = within(posts, 'children.read', records.households);
      const reachable = new Set(within(posts, 'children.read', records.children));
      const seen = await walk(person, households.listHouseholds, {});
      expect([role, sorted(seen?.map((row) => row.id))]).toEqual([role, expected]);
      const shown = (seen ?? []).flatMap((row) => row.children.map((child) => child.id));
      expect([role, shown.filter((id) => !reachable.has(id))]).toEqual([role, []]);
      const coverage = await person.ask(households.getCoverage, {});
      if (expected) expect(coverage.body.reduce((sum, line) => sum + line.households, 0)).toBe(expected.length);
      else expect(coverage.status).toBe(403);
      const wrong = await wrongOnes(person, households.getHousehold, expected !== null, new Set(expected), some);
      expect([role, wrong]).toEqual([role, []]);
    });
  });

  it('SEC-02 findings: lists of every state, the desk, and each by id', { timeout: 300_000 }, async () => {
    const all = [...records.findings.keys()].sort();
    const closed = new Set(
      await ids(world, 'SELECT id FROM finding WHERE district_code = $1 AND closed_at IS NOT NULL'),
    );
    expect(closed.size).toBe(1);
    await eachPerson(async ({ role, person, posts }) => {
      const expected = within(posts, 'findings.read', records.findings);
      const live = await walk(person, comparison.listFindings, {});
      expect([role, sorted(live?.map((row) => row.id))]).toEqual([
        role,
        expected?.filter((id) => !closed.has(id)) ?? null,
      ]);
      const accepted = await walk(person, comparison.listFindings, { state: 'accepted' });
      expect([role, sorted(accepted?.map((row) => row.id))]).toEqual([
        role,
        expected?.filter((id) => closed.has(id)) ?? null,
      ]);
      const wrong = await wrongOnes(person, comparison.getFinding, expected !== null, new Set(expected), all);
      expect([role, wrong]).toEqual([role, []]);
      const desk = await person.ask(getDesk, {});
      expect([role, desk.status]).toEqual([role, reachFor(posts, 'desk.read') ? 200 : 403]);
      if (desk.status !== 200) return;
      // A finding waits as a duty with an id of its own: which finding it is, its address tells.
      const waiting = desk.body.sections.flatMap(({ items }) =>
        items.flatMap(({ to }) => /findings\/([^/?]+)/u.exec(to)?.[1] ?? []),
      );
      expect([role, waiting.filter((id) => !(expected ?? []).includes(id))]).toEqual([role, []]);
    });
  });

  it(
    'SEC-02 rosters, proposals, runs, imports and held rows: lists, and each by id',
    { timeout: 300_000 },
    async () => {
      const proposals = await ids(world, `SELECT id FROM proposal WHERE district_code = $1 AND state = 'open'`);
      const files = await ids(world, 'SELECT id FROM import_file WHERE district_code = $1');
      const held = await rows<{ id: string; import_id: string }>(
        world,
        `SELECT id, import_id FROM held_row WHERE district_code = $1 AND state = 'held'`,
      );
      const runs = await ids(world, 'SELECT id FROM comparison_run WHERE district_code = $1');
      expect([proposals.length > 5, files.length > 5, held.length > 0, runs.length]).toEqual([true, true, true, 1]);
      await eachPerson(async ({ role, person, posts }) => {
        const may = (permission: Permission) => reachFor(posts, permission) !== null;
        const rosterReach = reachFor(posts, 'roster.read');
        const pupils = records.enrolments.filter((row) => rosterReach && reaches(rosterReach, [...row.tokens]));
        const roster = await walk(person, listRoster, {});
        expect([role, sorted(roster?.map((row) => row.childId))]).toEqual([
          role,
          rosterReach ? sorted(pupils.map((row) => row.child)) : null,
        ]);
        const pairs = await walk(person, comparison.listProposals, {});
        expect([role, sorted(pairs?.map((row) => row.id))]).toEqual([
          role,
          may('proposals.decide') ? sorted(proposals) : null,
        ]);
        const lists = await walk(person, imports.listImports, {});
        expect([role, sorted(lists?.map((row) => row.id))]).toEqual([role, may('lists.import') ? sorted(files) : null]);
        const waiting = await walk(person, imports.listHeld, {});
        expect([role, sorted(waiting?.map((row) => row.id))]).toEqual([
          role,
          may('lists.import') ? sorted(held.map((row) => row.id)) : null,
        ]);
        const withHeld = files.filter((id) => held.some((row) => row.import_id === id));
        const wrong = [
          ...(await wrongOnes(person, imports.getImport, may('lists.import'), new Set(files), files)),
          ...(await wrongOnes(person, imports.exportHeld, may('lists.import'), new Set(files), withHeld)),
          ...(await wrongOnes(person, comparison.getRun, may('runs.manage'), new Set(runs), runs)),
        ];
        expect([role, wrong]).toEqual([role, []]);
      });
    },
  );

  it('SEC-02 search and exports hold those within reach and nobody else', { timeout: 300_000 }, async () => {
    const named = await rows<{ id: string; name: string }>(
      world,
      'SELECT id, name FROM child WHERE district_code = $1 AND merged_into IS NULL ORDER BY id',
    );
    const asked = named.filter((_, index) => index % 90 === 7);
    await eachPerson(async ({ role, person, posts }) => {
      const reachable = new Set(within(posts, 'children.read', records.children));
      for (const { name } of asked) {
        const found = await person.call(population.searchAll, { q: name });
        const meant = named.filter((child) => child.name === name && reachable.has(child.id)).map((child) => child.id);
        expect([
          role,
          found.children
            .filter((child) => child.name === name)
            .map((child) => child.id)
            .sort(),
        ]).toEqual([role, meant.sort()]);
        expect([role, found.children.filter((child) => !reachable.has(child.id))]).toEqual([role, []]);
        const households = within(posts, 'children.read', records.households) ?? [];
        expect([role, found.households.filter((one) => !households.includes(one.id))]).toEqual([role, []]);
      }
      const lines = (body: unknown) => cellsOf(body).filter((row) => /^\d+$/.test(row[0] ?? '')).length;
      const sheets = [
        ['export.lists', population.exportChildren, records.children],
        ['findings.read', comparison.exportFindings, records.findings],
      ] as const;
      for (const [permission, endpoint, all] of sheets) {
        const expected = within(posts, permission, all)?.filter((id) => !closed.has(id)) ?? null;
        const sheet = await person.ask(endpoint, {});
        expect([role, sheet.status]).toEqual([role, expected ? 200 : 403]);
        if (expected) expect([role, endpoint.name, lines(sheet.body)]).toEqual([role, endpoint.name, expected.length]);
      }
    });
  });

  it('SEC-02 a child whose finding is given to a unit is in its list at once, and leaves it with the finding', async () => {
    const officer = await world.person('bureauOfficer', world.district);
    const [community] = people.flatMap(({ posts }) => posts.filter((post) => post.role === 'communityWorker'));
    const worker = await world.person('communityWorker', community?.unitId ?? '');
    const token = reachToken('community', community?.unitId ?? '');
    const finding = (await officer.call(comparison.listFindings, { kind: 'notEnrolled', size: 200 })).rows.find(
      (row) => !records.children.get(row.childId)?.has(token),
    );
    if (!finding) throw new Error('no finding of another community');
    const seen = async () => (await walk(worker, population.listChildren, {}))?.map((row) => row.id);
    const give = (ownerUnit: string, ownerKind: 'community' | 'district') =>
      officer.call(comparison.assignFinding, {
        id: finding.id,
        ownerKind,
        ownerUnit,
        dueDate: '2026-12-01',
        reason: '住址在该社区',
      });
    expect(await seen()).not.toContain(finding.childId);
    await give(community?.unitId ?? '', 'community');
    expect(await seen()).toContain(finding.childId);
    await worker.call(population.getChild, { id: finding.childId });
    await give(world.district, 'district');
    expect(await seen()).not.toContain(finding.childId);
    expect((await worker.ask(population.getChild, { id: finding.childId })).status).toBe(404);
  });
});
