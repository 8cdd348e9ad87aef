import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordSurvey } from '#contract/households.ts';
import { childStandings, exportChildren, listChildren, searchAll } from '#contract/population.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { childTags } from '#domain/population/record.ts';
import { childTagWords } from '#domain/population/words.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { cellsOf, doorChild, doorSurvey, numberOf, rowOf, rowsOf } from './testing.ts';

interface Stored {
  id: string;
  name: string;
  name_tail: string;
  pinyin: string;
  initials: string;
  sealed: Buffer | null;
  reach: string[];
}

let world: World;
let officer: Person;
let stored: Stored[];
const fullNumber = /\d{17}[\dX]/;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district, '林专干');
  stored = await rowsOf<Stored>(
    world,
    `SELECT id, name, name_tail, pinyin, initials, sealed, reach FROM child WHERE district_code = $1 AND merged_into IS NULL ORDER BY pinyin, id`,
  );
});
afterAll(() => world.stop());

const idsOf = (rows: readonly { id: string }[]) => rows.map((row) => row.id).sort();
const listed = async (input: Parameters<typeof officer.call<typeof listChildren>>[1], person = officer) =>
  (await person.call(listChildren, { size: 200, ...input })).rows;

async function walk(person: Person, input: Parameters<typeof listed>[0] = {}) {
  const rows = [];
  for (let page = 1; ; page += 1) {
    const answer = await person.call(listChildren, { ...input, size: 200, page });
    rows.push(...answer.rows);
    if (answer.rows.length < 200) return { rows, total: answer.total };
  }
}

describe('the list of children', () => {
  it('POP-01 pages hold every child once, by pinyin, with its number masked', async () => {
    const { rows, total } = await walk(officer);
    expect(total).toBe(stored.length);
    expect(rows.map((row) => row.id)).toEqual(stored.map((row) => row.id));
    const shown = new Map(rows.map((row) => [row.id, row.documentMask]));
    for (const child of stored) {
      const number = numberOf(world, child);
      expect([child.id, shown.get(child.id)]).toEqual([
        child.id,
        number === '' ? '' : maskDocument(number, { besideBirth: true }),
      ]);
    }
    expect(rows.some((row) => /^\d{4}\*{12}\d[\dX]$/.test(row.documentMask))).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(fullNumber);
  });

  it('POP-01 a child is found by name, part of the name, pinyin and initials, with all who share it and nobody else', async () => {
    const some = stored.filter((_, index) => index % 97 === 5 && index < 800);
    expect(some.length).toBeGreaterThan(5);
    for (const child of some) {
      const meant = (test: (other: Stored) => boolean) => idsOf(stored.filter(test));
      const byName = (start: string) => (other: Stored) =>
        other.name.startsWith(start) || other.name_tail.startsWith(start);
      const byLetters = (start: string) => (other: Stored) =>
        other.pinyin.startsWith(start) || other.initials.startsWith(start);
      expect(idsOf(await listed({ q: child.name }))).toEqual(meant(byName(child.name)));
      expect(idsOf(await listed({ q: child.name_tail }))).toEqual(meant(byName(child.name_tail)));
      expect(idsOf(await listed({ q: child.pinyin }))).toEqual(meant(byLetters(child.pinyin)));
      expect(idsOf(await listed({ q: child.initials.toUpperCase() }))).toEqual(meant(byLetters(child.initials)));
      expect(idsOf(await listed({ q: child.name }))).toContain(child.id);
    }
    expect(await listed({ q: '查无此人' })).toEqual([]);
  });

  it('POP-01 a child is found by the full number, typed with spaces or a small x too, and by no part of it', async () => {
    const numbered = stored
      .map((child) => ({ child, number: numberOf(world, child) }))
      .filter((one) => one.number !== '');
    const counts = new Map<string, string[]>();
    for (const { child, number } of numbered) counts.set(number, [...(counts.get(number) ?? []), child.id]);
    const withX = numbered.find(({ number }) => number.endsWith('X'));
    for (const one of [numbered[3], numbered[400], withX]) {
      if (!one) throw new Error('no child with such a number');
      const { number } = one;
      for (const typed of [number, number.toLowerCase(), `${number.slice(0, 6)} ${number.slice(6)}`]) {
        expect(idsOf(await listed({ q: typed }))).toEqual([...(counts.get(number) ?? [])].sort());
      }
      expect(await listed({ q: number.slice(0, 17) })).toEqual([]);
      const answer = await officer.call(searchAll, { q: number });
      expect(idsOf(answer.children)).toContain(one.child.id);
      expect(JSON.stringify(answer)).not.toMatch(fullNumber);
    }
  });

  it('POP-01 filters part the list: standings add up, a group by code is the group by its label', async () => {
    const totals = await Promise.all(
      childStandings.map(async (standing) => (await officer.call(listChildren, { standing })).total),
    );
    expect(totals.reduce((sum, total) => sum + total, 0)).toBe(stored.length);
    expect(totals.filter((total) => total > 0).length).toBeGreaterThan(3);
    const tagged = [];
    for (const tag of childTags) {
      const { rows, total } = await walk(officer, { tag });
      expect((await officer.call(listChildren, { tag: childTagWords[tag] })).total).toBe(total);
      expect(rows.every((row) => row.tags.includes(childTagWords[tag]))).toBe(true);
      tagged.push(...rows.map((row) => row.id));
    }
    expect(new Set(tagged).size).toBe((await walk(officer)).rows.filter((row) => row.tags.length > 0).length);
    expect((await officer.ask(listChildren, { tag: '贫苦' })).status).toBe(422);
    const school = await rowOf<{ id: string }>(
      world,
      `SELECT id FROM school WHERE district_code = $1 AND code = '2142010201'`,
    );
    const grades = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (grade) => (await officer.call(listChildren, { schoolId: school.id, grade })).total),
    );
    expect(grades.reduce((sum, total) => sum + total, 0)).toBe(
      (await officer.call(listChildren, { schoolId: school.id })).total,
    );
    expect((await listed({ schoolId: school.id })).every((row) => row.schoolName === '滨江小学')).toBe(true);
  });

  it('POP-01 sorted by birth the days do not fall', async () => {
    const days = (await walk(officer, { sort: 'birth' })).rows.map((row) => row.birthDate ?? '9999');
    expect(days).toEqual([...days].sort());
  });
});

describe('the export of children', () => {
  it('POP-05 has every child of the list, masked, says that it is complete and who took it', async () => {
    const answer = await officer.ask(exportChildren, {});
    const rows = cellsOf(answer.body);
    const head = rows.findIndex((row) => row[0] === '序号');
    const children = rows.slice(head + 1).filter((row) => /^\d+$/.test(row[0] ?? ''));
    expect(children.map((row) => Number(row[0]))).toEqual(stored.map((_, index) => index + 1));
    expect(children.map((row) => row[1])).toEqual(stored.map((child) => child.name));
    expect(children.map((row) => row[5])).toEqual(
      stored.map((child) => maskDocument(numberOf(world, child), { besideBirth: true })),
    );
    const text = rows.flat().join('\n');
    expect(text).toContain(`共 ${String(stored.length)} 行，导出完整`);
    expect(text).toContain('林专干 2026-11-20 导出');
    expect(text).toContain('号码已遮盖');
    expect(text).not.toMatch(fullNumber);
    expect(
      await rowOf(
        world,
        `SELECT verb, detail FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1`,
      ),
    ).toEqual({ verb: 'population.exportChildren', detail: { rows: stored.length, identities: 'masked' } });
    expect((await officer.ask(exportChildren, { identities: 'full' })).body).toMatchObject({ code: 'approval-needed' });
  });

  it('POP-05 follows the filters and the reach of who takes it', async () => {
    const community = await rowOf<{ code: string }>(
      world,
      `SELECT community_code AS code FROM register_entry WHERE district_code = $1 AND upper_inf(known) AND community_code IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
    );
    const names = (body: unknown) =>
      cellsOf(body)
        .filter((row) => /^\d+$/.test(row[0] ?? ''))
        .map((row) => row[1]);
    const filtered = await officer.ask(exportChildren, { community: community.code });
    const asked = await walk(officer, { community: community.code });
    expect(names(filtered.body)).toEqual(asked.rows.map((row) => row.name));
    expect(asked.total).toBeGreaterThan(5);
    const worker = await world.person('communityWorker', community.code);
    expect((await worker.ask(exportChildren, {})).status).toBe(403);
    const school = await rowOf<{ id: string }>(
      world,
      `SELECT school_id AS id FROM enrolment WHERE district_code = $1 AND upper_inf(known) GROUP BY 1 ORDER BY count(*) LIMIT 1`,
    );
    const registrar = await world.person('registrar', school.id);
    const own = stored.filter((child) => child.reach.includes(`school:${school.id}`));
    expect(names((await registrar.ask(exportChildren, {})).body)).toEqual(own.map((child) => child.name));
    expect([own.length > 0, own.length < stored.length]).toEqual([true, true]);
  });

  it('POP-05 a cell that a program would run is neutralised', async () => {
    const { code } = await rowOf<{ code: string }>(
      world,
      `SELECT code FROM place WHERE district_code = $1 AND kind = 'community' ORDER BY code LIMIT 1`,
    );
    await officer.call(
      recordSurvey,
      doorSurvey(world, code, { newChildren: [doorChild(world, 1, { name: '=HYPERLINK("x")' })] }),
    );
    const cells = cellsOf((await officer.ask(exportChildren, { community: code })).body).flat();
    expect(cells.filter((cell) => cell.includes('HYPERLINK'))).toEqual([`'=HYPERLINK("x")`]);
    expect(cells.filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
  });
});
