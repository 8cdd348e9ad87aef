import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/enrolment-changes.ts';
import { changeKinds } from '#domain/enrolment/changes-record.ts';
import { removeStoredFile } from '#server/files/store.ts';
import { rows } from '#server/testing/reach.ts';
import { emptyFacts, formOf } from './form-paper.ts';
import { fileCall, openChangeWorld, suspended, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

const formOfChange = (id: string, person = on.registrar) =>
  fileCall(on, person, { method: 'GET', url: `/api/changes/${id}/form` });

it('ENR-29 every kind has its form with a box for each party and its papers, printed empty', async () => {
  const titles = new Set<string>();
  for (const kind of changeKinds) {
    const form = formOf(emptyFacts(kind, '示范区教育局', false));
    titles.add(form.title);
    const [grid] = form.blocks;
    if (grid?.as !== 'grid') throw new Error('no grid');
    for (const { cells } of grid.rows)
      expect([kind, cells.reduce((sum, cell) => sum + cell.span + (cell.labelSpan ?? 2), 0)]).toEqual([kind, 12]);
  }
  expect(titles.size).toBeGreaterThan(16);
  for (const kind of ['suspension', 'transferInside', 'homeTeaching']) {
    const empty = await fileCall(on, on.leader, { method: 'GET', url: `/api/changes/forms/${kind}` });
    expect([empty.status, empty.type, empty.content.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']); // prettier-ignore
  }
});

it('ENR-29 while it is under way the form is laid out anew; once it is over the first bytes are kept, and made again where they are lost', async () => {
  const id = await suspended(on, 0, '2027-06-30');
  const asked = await formOfChange(id);
  expect([asked.status, asked.type]).toEqual([200, 'application/pdf']);
  await on.principal.call(contract.approveChange, { id, note: '情况属实' });
  const agreed = await formOfChange(id);
  expect(agreed.content.equals(asked.content)).toBe(false);
  const kept = () =>
    rows<{ stored_name: string; raw: string }>(
      on.world,
      `SELECT stored_name, encode(sealed, 'escape') AS raw FROM change_form WHERE district_code = $1 AND change_id = $2`,
      [id],
    );
  expect(await kept()).toEqual([]);
  await on.officer.call(contract.approveChange, { id, note: '同意休学至期满' });
  const done = await formOfChange(id);
  await on.move('2026-12-20T02:00:00Z');
  const again = await formOfChange(id, on.principal);
  expect(again.content.equals(done.content)).toBe(true);
  const [row] = await kept();
  expect(row?.raw).not.toContain('情况属实');
  await removeStoredFile(on.world.platform.config.dataDirectory, row?.stored_name ?? '');
  expect((await formOfChange(id)).content.equals(done.content)).toBe(true);
  expect((await formOfChange(id, on.otherPrincipal)).status).toBe(404);
  // Corrected it is another form; the earlier one stays kept.
  await on.officer.call(contract.correctChange, { id, reason: '登记错了学生' });
  expect((await formOfChange(id)).content.equals(done.content)).toBe(false);
  expect(await kept()).toHaveLength(2);
  await on.move('2026-11-20T02:00:00Z');
});
