import { afterAll, beforeAll, expect, it } from 'vitest';
import { listFindings, runComparison } from '#contract/comparison.ts';
import { listChildren, revealChild } from '#contract/population.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { rowOf } from './testing.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const officer = await world.person('bureauOfficer', world.district);
  await officer.call(runComparison, { asOf: '2026-11-20' });
});
afterAll(() => world.stop());

const pupil = (where: string) =>
  rowOf<{ child_id: string; school_id: string; class_id: string }>(
    world,
    `SELECT e.child_id, e.school_id, e.class_id FROM enrolment e JOIN register_entry r ON r.district_code = $1 AND r.child_id = e.child_id AND upper_inf(r.known)
     WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NULL AND r.phone_index IS NOT NULL AND e.class_id IS NOT NULL AND ${where} ORDER BY e.child_id LIMIT 1`,
  );
const silent = `NOT EXISTS (SELECT 1 FROM finding f WHERE f.district_code = $1 AND f.child_id = e.child_id AND f.closed_at IS NULL)`;
const tap = (who: Person, id: string) => who.ask(revealChild, { id, what: 'phone' });
const trail = () =>
  rowOf<{ reason: string | null; detail: Record<string, unknown> }>(
    world,
    `SELECT reason, detail FROM audit_entry WHERE district_code = $1 AND verb = 'population.revealChild' ORDER BY sequence DESC LIMIT 1`,
  );

it('POP-06 a class teacher calls a guardian of the own class with one tap, and the trail tells the purpose but no number', async () => {
  const child = await pupil(silent);
  const teacher = await world.person('classTeacher', child.class_id);
  const answer = await tap(teacher, child.child_id);
  expect(answer).toMatchObject({ status: 200, body: { phone: expect.stringMatching(/^1\d{10}$/) as string } });
  const told = await trail();
  expect(told).toMatchObject({ reason: '班主任联系本班学生的监护人', detail: { what: 'phone', byPost: true } });
  // Ids hold eleven digits in a row now and then.
  expect(JSON.stringify(told).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '')).not.toMatch(/1\d{10}/);
});

it('POP-06 without an own class or finding a reason is asked for, and a document never opens without one', async () => {
  const child = await pupil(silent);
  const registrar = await world.person('registrar', child.school_id);
  const refused = await tap(registrar, child.child_id);
  expect(refused).toMatchObject({
    status: 422,
    body: { detail: { issues: [{ path: 'reason', words: '请写明用途。' }] } },
  });
  const asked = await registrar.ask(revealChild, { id: child.child_id, what: 'phone', reason: '家访前联系' });
  expect(asked.status).toBe(200);
  expect(await trail()).toMatchObject({ reason: '家访前联系', detail: { what: 'phone' } });
  expect((await trail()).detail).not.toHaveProperty('byPost');
  const document = await registrar.ask(revealChild, { id: child.child_id, what: 'document' });
  expect(document.status).toBe(422);
  const subject = await world.person('subjectTeacher', child.class_id);
  expect((await tap(subject, child.child_id)).status).toBe(403);
});

it('POP-06 whoever has to verify a finding calls with one tap, the finding as the purpose', async () => {
  const child = await pupil(
    `EXISTS (SELECT 1 FROM finding f WHERE f.district_code = $1 AND f.child_id = e.child_id AND f.kind = 'onRollAbsent' AND f.closed_at IS NULL)`,
  );
  const registrar = await world.person('registrar', child.school_id);
  const answer = await tap(registrar, child.child_id);
  expect(answer.status).toBe(200);
  expect(await trail()).toMatchObject({ reason: '核实比对发现：在籍不在校', detail: { byPost: true } });
  const officer = await world.person('bureauOfficer', world.district);
  const own = (await officer.call(listFindings, { kind: 'doubleEnrolled' })).rows[0];
  expect((await tap(officer, own?.childId ?? '')).status).toBe(200);
  expect((await tap(officer, child.child_id)).status).toBe(422);
});

it('POP-06 out of reach stays not found', async () => {
  const child = await pupil(silent);
  const elsewhere = await pupil(`e.school_id <> '${child.school_id}'`);
  const teacher = await world.person('classTeacher', elsewhere.class_id);
  expect((await tap(teacher, child.child_id)).status).toBe(404);
  expect((await teacher.call(listChildren, {})).total).toBeGreaterThan(0);
});
