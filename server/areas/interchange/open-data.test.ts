import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contract/interchange.ts';
import { endpoints } from '#contract/index.ts';
import { listChildren } from '#contract/population.ts';
import { listChanges } from '#contract/enrolment-changes.ts';
import { createToken } from '#contract/tokens.ts';
import { setSetting } from '#contract/organisations.ts';
import { openMeasures, relationsOf, computable, type OpenCell } from '#domain/interchange/open-data.ts';
import { createDistrict } from '#server/areas/organisations/actions.ts';
import { openCaseWorld, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
  // The sample is known from 20 November; the form of December is as of its end.
  await on.move('2026-12-04T02:00:00Z');
});
afterAll(() => on.world.stop());

describe('open data', () => {
  it('INT-10 gives sums by year, street and level with all that a reader must know, as JSON and CSV alike', async () => {
    const form = await on.officer.call(contract.getOpenData, {});
    expect(form).toMatchObject({ asOf: '2026-11-30', smallest: 5, districtCode: on.world.district });
    expect(form.formula.map(({ id, version }) => `${id} ${String(version)}`)).toEqual([
      'annualRetention 1',
      'dropoutRate 1',
    ]);
    const [{ n } = { n: -1 }] = await rows<{ n: number }>(on.world, `SELECT count(*)::int AS n FROM course WHERE district_code = $1 AND upper_inf(known) AND state = 'inSchool' AND grade <= 9`); // prettier-ignore
    const whole = form.rows.find((row) => row.street === 'all' && row.level === 'all');
    expect(whole?.values['end']).toBe(n);
    const csv = await on.officer.ask(contract.downloadOpenData, { form: 'csv' });
    const text = (csv.body as Buffer).toString('utf8'); // as: a download is a Buffer
    const lines = text
      .trimEnd()
      .split('\r\n')
      .filter((line) => !line.replace('\uFEFF', '').startsWith('#'));
    expect(lines).toHaveLength(form.rows.length + 1);
    expect(text).toContain('# 截至 2026-11-30');
    expect(text).toContain(form.suppression);
    const json = await on.officer.ask(contract.downloadOpenData, { form: 'json' });
    const again = json.body as typeof form; // as: a download of this form is the form itself
    expect(again.rows).toEqual(form.rows);
    expect((await on.teacher.ask(contract.getOpenData, {})).status).toBe(403);
  });

  it('INT-09 leaves blank what is small and what would give it away, and more under a larger threshold', async () => {
    const check = async () => {
      const form = await on.officer.call(contract.getOpenData, {});
      const cells: OpenCell[] = form.rows.flatMap((row) => openMeasures.map(({ id: measure }) => ({ year: row.schoolYear, street: row.street, level: row.level, measure, value: row.values[measure] ?? 0 }))); // prettier-ignore
      const blank = new Set(form.rows.flatMap((row, at) => openMeasures.flatMap(({ id }, place) => (row.values[id] === null ? [at * openMeasures.length + place] : [])))); // prettier-ignore
      for (const [at, cell] of cells.entries()) if (!blank.has(at)) expect(cell.value === 0 || cell.value >= form.smallest).toBe(true); // prettier-ignore
      expect(computable(cells.length, blank, relationsOf(cells))).toEqual([]);
      expect(form.hidden).toBe(blank.size);
      return form.hidden;
    };
    const few = await check();
    await on.officer.call(setSetting, { key: 'open.smallest', value: 40, fromDate: '2026-12-01', reason: '提高保护' });
    expect(await check()).toBeGreaterThan(few);
    const loose = await on.officer.ask(setSetting, {
      key: 'open.smallest',
      value: 1,
      fromDate: '2026-12-01',
      reason: '放开',
    });
    expect(loose.status).toBe(422);
  });
});

describe('the units above', () => {
  it('INT-11 a province reads what districts closed, sums it and names who is missing, and reads no child', async () => {
    const { platform } = on.world;
    await createDistrict(platform, '420103');
    await createDistrict(platform, '420000');
    const province = await on.world.person('bureauLeader', '420000', '省厅', '420000');
    const neighbour = await on.world.person('bureauLeader', '420103', '邻区', '420103');
    const empty = await province.call(contract.getProvince, { schoolYear: 2026 });
    expect(empty.missing.map(({ districtCode }) => districtCode)).toEqual([on.world.district, '420103'].sort());
    expect(await on.officer.call(contract.closeFigures, { schoolYear: 2026 })).toEqual({
      version: 1,
      asOf: '2026-12-04',
    });
    expect(await on.officer.call(contract.closeFigures, { schoolYear: 2026 })).toMatchObject({ version: 2 });
    const shown = await province.call(contract.getProvince, { schoolYear: 2026 });
    expect(shown.rows.map(({ districtCode, version }) => `${districtCode} ${String(version)}`)).toEqual([
      `${on.world.district} 2`,
    ]);
    expect(shown.total.pupils).toBe(shown.rows[0]?.pupils);
    const levels = await Promise.all((['primary', 'junior'] as const).map((level) => province.call(contract.getProvince, { schoolYear: 2026, level }))); // prettier-ignore
    expect(levels.reduce((sum, { total }) => sum + total.pupils, 0)).toBe(shown.total.pupils);
    expect((await neighbour.call(contract.getProvince, { schoolYear: 2026 })).rows).toEqual([]);
    expect((await province.call(listChildren, {})).total).toBe(0);
    expect((await on.officer.ask(contract.closeFigures, { schoolYear: 2027 })).status).toBe(422);
  });

  it('INT-12 the API document names every endpoint, and a token reaches what it was given and no more', async () => {
    const document = (await on.world.app.inject({ method: 'GET', url: '/api/openapi.json' })).json<{ paths: Record<string, Record<string, unknown>> }>(); // prettier-ignore
    const named = Object.entries(document.paths).flatMap(([at, verbs]) => Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${at.replace(/\{(\w+)\}/g, ':$1')}`)); // prettier-ignore
    const missing = endpoints
      .filter(({ method, path }) => !named.includes(`${method} ${path}`))
      .map(({ name }) => name);
    expect(missing).toEqual([]);
    const { token } = await on.officer.call(createToken, {
      name: '省平台',
      permissions: ['open.read', 'changes.read'],
      days: 30,
    });
    const ask = (path: string) =>
      on.world.app.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${token}` } });
    expect((await ask(contract.getOpenData.path)).statusCode).toBe(200);
    expect((await ask(listChanges.path)).statusCode).toBe(200);
    expect((await ask(listChildren.path)).statusCode).toBe(403);
    expect((await ask(contract.listCopies.path)).statusCode).toBe(403);
  });
});
