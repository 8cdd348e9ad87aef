import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as households from '#contract/households.ts';
import * as contract from '#contract/population.ts';
import { documentTypes, documentTypeWords } from '#domain/basics/document-number.ts';
import { relations, relationWords } from '#domain/basics/relation.ts';
import { childTags, studyStatuses } from '#domain/population/record.ts';
import { childTagWords, studyStatusWords } from '#domain/population/words.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { countOf, doorChild, doorSurvey, numberOf, rowOf, rowsOf, signature } from './testing.ts';

let world: World;
let officer: Person;
let worker: Person;
let community: string;
let elsewhere: string;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district);
  const found = await rowsOf<{ code: string }>(
    world,
    `SELECT community_code AS code FROM household WHERE district_code = $1 AND community_code IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2`,
  );
  community = found[0]?.code ?? '';
  elsewhere = found[1]?.code ?? '';
  worker = await world.person('communityWorker', community, '陈网格');
});
afterAll(() => world.stop());

const kept = ['household', 'survey', 'child', 'register_entry'];
const counts = () => Promise.all(kept.map((table) => countOf(world, table)));
const issuesOf = (body: unknown) =>
  // as: problem+json of a refused input
  ((body as { detail?: { issues?: { path: string }[] } }).detail?.issues ?? []).map((issue) => issue.path);
const totalOf = async (person: Person) => (await person.call(contract.listChildren, { size: 1 })).total;

describe('a door survey', () => {
  it('POP-03 a signed one adds the household and its child, and both are found at once by those who reach them', async () => {
    const before = await totalOf(officer);
    const own = await totalOf(worker);
    const child = doorChild(world, 1, { phone: '13971234567', tags: ['leftBehind'], relation: 'mother' });
    const survey = doorSurvey(world, community, { newChildren: [child], note: '母亲在家' });
    const done = await worker.call(households.recordSurvey, survey);
    expect(done).toEqual({ id: survey.id, householdNo: `${community}990001` });
    expect([await totalOf(officer), await totalOf(worker)]).toEqual([before + 1, own + 1]);
    for (const q of [done.householdNo, done.householdNo.slice(0, 15), survey.newHousehold?.address ?? ''])
      expect((await worker.call(contract.searchAll, { q })).households).toContainEqual({
        id: survey.householdId,
        householdNo: done.householdNo,
        address: survey.newHousehold?.address,
      });
    const household = await worker.call(households.getHousehold, { id: survey.householdId });
    expect(household).toMatchObject({ communityCode: community, address: survey.newHousehold?.address });
    expect(household.surveys).toEqual([
      { id: survey.id, day: '2026-11-20', result: 'children', surveyor: '陈网格', note: '母亲在家', signed: true },
    ]);
    expect(household.children.map((row) => [row.id, row.name, row.standing])).toEqual([
      [child.id, '门小满', 'notEnrolled'],
    ]);
    const record = await worker.call(contract.getChild, { id: child.id });
    expect(record.guardian).toEqual({ name: '门大有', relation: '母亲', phoneMask: '139****4567' });
    expect(record.household?.id).toBe(survey.householdId);
    expect(record.history.map((entry) => entry.words)).toContain('适龄档案登记');
    const found = await worker.call(contract.listChildren, { q: child.documentNumber });
    expect(found.rows.map((row) => row.id)).toEqual([child.id]);
    const { sealed } = await rowOf<{ sealed: Buffer }>(
      world,
      `SELECT sealed_signature AS sealed FROM survey WHERE district_code = $1 AND id = $2`,
      [survey.id],
    );
    expect(sealed.includes(signature)).toBe(false);
    const again = await worker.call(households.recordSurvey, doorSurvey(world, community));
    expect(again.householdNo).toBe(`${community}990002`);
  });

  it.each([
    ['without a signature', { signature: '' }, 'signature'],
    ['with a signature of blanks', { signature: ' '.repeat(60) }, 'signature'],
    ['of tomorrow', { day: '2026-11-21' }, 'day'],
    ['with a result that denies the child', { result: 'noChild' as const }, 'result'],
  ])('POP-03 one %s is refused at its field, and nothing is kept', async (_what, wrong, field) => {
    const before = await counts();
    const answer = await worker.ask(households.recordSurvey, {
      ...doorSurvey(world, community, { newChildren: [doorChild(world, 2)] }),
      ...wrong,
    });
    expect([answer.status, ...issuesOf(answer.body)]).toEqual([422, field]);
    expect(await counts()).toEqual(before);
  });

  it('POP-03 one with a child that cannot be right, or is registered already, keeps nothing of the whole survey', async () => {
    const registered = await rowOf<{ id: string; name: string; sex: string; birth_date: string; sealed: Buffer }>(
      world,
      `SELECT c.id, c.name, c.sex, c.birth_date, c.sealed FROM child c JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id
       WHERE c.district_code = $1 AND c.identity = 'proven' AND c.document_type = 'residentId' ORDER BY c.id LIMIT 1`,
    );
    const same = {
      name: registered.name,
      sex: registered.sex === 'male' ? ('男' as const) : ('女' as const),
      birthDate: registered.birth_date,
      documentNumber: numberOf(world, registered),
    };
    const before = await counts();
    const tell = async (child: ReturnType<typeof doorChild>) => {
      const newChildren = [doorChild(world, 3), child];
      const answer = await worker.ask(households.recordSurvey, doorSurvey(world, community, { newChildren }));
      return answer.status;
    };
    expect(await tell(doorChild(world, 4, { birthDate: '2018-01-01' }))).toBe(422);
    expect(await tell(doorChild(world, 4, { documentNumber: '42010220190520001X' }))).toBe(422);
    expect(await tell(doorChild(world, 4, { studyStatus: '在读' }))).toBe(422);
    expect(await tell(doorChild(world, 4, same))).toBe(409);
    expect(await tell(doorChild(world, 4, { ...same, name: '另一人' }))).toBe(409);
    expect(await counts()).toEqual(before);
  });

  it('POP-03 a pupil known from a roster only is joined to the household, not made twice', async () => {
    const pupil = await rowOf<{ id: string; name: string; sex: string; birth_date: string; sealed: Buffer }>(
      world,
      `SELECT c.id, c.name, c.sex, c.birth_date, c.sealed FROM child c JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known)
       WHERE c.district_code = $1 AND c.identity = 'proven' AND c.document_type = 'residentId'
         AND NOT EXISTS (SELECT 1 FROM register_entry r WHERE r.district_code = $1 AND r.child_id = c.id) ORDER BY c.id LIMIT 1`,
    );
    expect((await worker.ask(contract.getChild, { id: pupil.id })).status).toBe(404);
    const before = await countOf(world, 'child');
    const child = doorChild(world, 5, {
      name: pupil.name,
      sex: pupil.sex === 'male' ? '男' : '女',
      birthDate: pupil.birth_date,
      documentNumber: numberOf(world, pupil),
      studyStatus: 'inDistrict',
    });
    const survey = doorSurvey(world, community, { newChildren: [child] });
    await worker.call(households.recordSurvey, survey);
    expect(await countOf(world, 'child')).toBe(before);
    const record = await worker.call(contract.getChild, { id: pupil.id });
    expect(record.household?.id).toBe(survey.householdId);
    expect(record.enrolment).not.toBeNull();
    expect(record.standing).toBe('enrolled');
  });

  it('POP-03 of another community, of a household out of reach, or by a school is refused', async () => {
    const before = await counts();
    expect((await worker.ask(households.recordSurvey, doorSurvey(world, elsewhere))).status).toBe(404);
    expect((await worker.ask(households.recordSurvey, doorSurvey(world, '420102999999'))).status).toBe(404);
    const other = await rowOf<{ id: string }>(
      world,
      `SELECT id FROM household WHERE district_code = $1 AND community_code = $2 ORDER BY id LIMIT 1`,
      [elsewhere],
    );
    const { newHousehold: _new, ...known } = doorSurvey(world, elsewhere, { householdId: other.id });
    expect((await worker.ask(households.recordSurvey, known)).status).toBe(404);
    const principal = await world.person('principal', '2142010201');
    expect((await principal.ask(households.recordSurvey, known)).status).toBe(403);
    expect(await counts()).toEqual(before);
  });

  it('POP-03 every choice goes in by code or by label, and comes out as both', async () => {
    const most = Math.max(documentTypes.length, relations.length, childTags.length, studyStatuses.length);
    const chosen = Array.from({ length: most * 2 }, (_, index) => ({
      documentType: documentTypes[index % documentTypes.length] ?? 'none',
      relation: relations[index % relations.length] ?? 'none',
      studyStatus: studyStatuses[index % studyStatuses.length] ?? 'none',
      tags: [childTags[index % childTags.length] ?? 'poor'],
    }));
    const sent = chosen.map((code, index) => ({
      ...doorChild(world, 100 + index, {
        name: `门${'甲乙丙丁戊己庚辛'[index % 8] ?? ''}${'子丑寅卯'[index >> 3] ?? ''}`,
      }),
      ...(code.documentType === 'residentId'
        ? {}
        : { documentNumber: code.documentType === 'none' ? '' : `P${String(10_000_000 + index)}` }),
      ...(index < most
        ? code
        : {
            documentType: documentTypeWords[code.documentType],
            relation: relationWords[code.relation],
            studyStatus: studyStatusWords[code.studyStatus],
            tags: code.tags.map((tag) => childTagWords[tag]),
          }),
    }));
    for (let from = 0; from < sent.length; from += 12)
      await worker.call(
        households.recordSurvey,
        doorSurvey(world, community, { newChildren: sent.slice(from, from + 12) }),
      );
    for (const [index, code] of chosen.entries()) {
      const record = await worker.call(contract.getChild, { id: sent[index]?.id ?? '' });
      expect(record.codes).toEqual(code);
      expect([record.documentType, record.guardian.relation, record.register?.studyStatus, record.tags]).toEqual([
        documentTypeWords[code.documentType],
        relationWords[code.relation],
        studyStatusWords[code.studyStatus],
        code.tags.map((tag) => childTagWords[tag]),
      ]);
    }
  });
});

describe('the coverage of households', () => {
  const doors = (code: string, count: number) =>
    rowsOf<{ id: string }>(
      world,
      `SELECT h.id FROM household h WHERE h.district_code = $1 AND h.community_code = $2 AND NOT EXISTS (
         SELECT 1 FROM survey s WHERE s.district_code = $1 AND s.household_id = h.id) ORDER BY h.household_no LIMIT $3`,
      [code, count],
    );
  const visit = async (
    householdId: string,
    result: 'children' | 'empty' | 'refused' | 'notMet',
    day = '2026-11-20',
  ) => {
    const { newHousehold: _new, ...survey } = doorSurvey(world, community, { householdId, result, day });
    await worker.call(households.recordSurvey, survey);
  };
  const lineOf = async (person: Person, code: string) =>
    (await person.call(households.getCoverage, {})).find((line) => line.code === code);

  it('POP-04 counts each household by its latest result of the school year, and the rest as without any', async () => {
    const before = await lineOf(officer, community);
    const [one, two, three, four] = await doors(community, 4);
    if (!before || !one || !two || !three || !four) throw new Error('too few households');
    await visit(one.id, 'notMet', '2026-11-18');
    await visit(one.id, 'children', '2026-11-19');
    await visit(two.id, 'empty');
    await visit(three.id, 'refused');
    await visit(four.id, 'children', '2026-06-01');
    const after = await lineOf(officer, community);
    expect(after).toEqual({
      ...before,
      children: before.children + 1,
      empty: before.empty + 1,
      refused: before.refused + 1,
      none: before.none - 3,
    });
    for (const line of await officer.call(households.getCoverage, {}))
      expect(line.children + line.noChild + line.empty + line.refused + line.notMet + line.none).toBe(line.households);
  });

  it('POP-04 names the households without any result, and no other', async () => {
    const expected = await rowsOf<{ no: string }>(
      world,
      `SELECT h.household_no AS no FROM household h WHERE h.district_code = $1 AND h.community_code = $2 AND NOT EXISTS (
         SELECT 1 FROM survey s WHERE s.district_code = $1 AND s.household_id = h.id AND s.day >= '2026-08-01') ORDER BY 1`,
      [community],
    );
    const open = await worker.call(households.listHouseholds, { surveyed: 'no', size: 200 });
    expect(open.rows.map((row) => row.householdNo)).toEqual(expected.map((row) => row.no));
    expect(open.rows.every((row) => row.lastSurvey === null)).toBe(true);
    const line = await lineOf(worker, community);
    expect([open.total, line?.none]).toEqual([expected.length, expected.length]);
    const met = await worker.call(households.listHouseholds, { surveyed: 'yes', size: 200 });
    expect(met.rows.every((row) => row.lastSurvey !== null)).toBe(true);
    expect(met.total + open.total).toBe(line?.households);
  });

  it('POP-04 shows a worker his community and a street its communities only', async () => {
    expect((await worker.call(households.getCoverage, {})).map((line) => line.code)).toEqual([community]);
    const street = community.slice(0, 9);
    const all = await officer.call(households.getCoverage, { subdistrict: street });
    const desk = await world.person('subdistrictOfficer', street);
    expect(await desk.call(households.getCoverage, {})).toEqual(all);
    expect(all.every((line) => line.code.startsWith(street))).toBe(true);
    expect((await officer.call(households.getCoverage, {})).length).toBeGreaterThan(all.length);
  });
});
