import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getFieldKey, sendSealed } from '#contract/field.ts';
import { getHousehold, listHouseholds, recordSurvey } from '#contract/households.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { sealForServer } from '#web/field/keep/seal.ts';

let world: World;
let worker: Person;
let householdId: string;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const officer = await world.person('bureauOfficer', world.district);
  const household = (await officer.call(listHouseholds, { size: 1 })).rows[0];
  if (!household) throw new Error('no household');
  householdId = household.id;
  worker = await world.person('communityWorker', household.householdNo.slice(0, 12));
});
afterAll(() => world.stop());

function survey(id: string) {
  return {
    id,
    householdId,
    day: '2026-11-20',
    result: 'notMet' as const,
    signature: 'data:image/png;base64,'.padEnd(80, 'A'),
    note: '敲门无人应答',
    newChildren: [],
  };
}

async function sealed(person: Person, requestId: string, call: { name: string; input: object; file?: string }) {
  const key = await person.call(getFieldKey, {});
  return {
    requestId,
    accountId: key.accountId,
    entry: await sealForServer(key, `${key.accountId}\n${requestId}`, JSON.stringify(call)),
  };
}

test('FLD-08 an entry sealed on the phone is recorded through the same door, once, however often it is sent', async () => {
  const id = randomUUID();
  const requestId = randomUUID();
  const entry = await sealed(worker, requestId, { name: recordSurvey.name, input: survey(id) });
  const before = (await worker.call(getHousehold, { id: householdId })).surveys.length;
  const first = await worker.call(sendSealed, entry);
  expect(first).toMatchObject({ status: 200, answer: { id } });
  expect(await worker.call(sendSealed, entry)).toEqual(first);
  expect((await worker.call(getHousehold, { id: householdId })).surveys.length).toBe(before + 1);
});

test('FLD-08 a refusal inside comes back with its own status and words', async () => {
  const entry = await sealed(worker, randomUUID(), {
    name: recordSurvey.name,
    input: { ...survey(randomUUID()), day: '2026-12-24' },
  });
  const answered = await worker.call(sendSealed, entry);
  expect(answered.status).toBe(422);
  expect(JSON.stringify(answered.answer)).toContain('不能晚于今天');
});

test('FLD-07 only the account that made the entry may send it, and only signed in', async () => {
  const entry = await sealed(worker, randomUUID(), { name: recordSurvey.name, input: survey(randomUUID()) });
  const other = await world.person('bureauOfficer', world.district);
  expect((await other.ask(sendSealed, entry)).status).toBe(403);
  expect((await worker.ask(sendSealed, entry, { headers: { cookie: '' } })).status).toBe(401);
  const key = await other.call(getFieldKey, {});
  expect((await other.ask(sendSealed, { ...entry, accountId: key.accountId })).status).toBe(422);
});

test('FLD-08 a call that is not made for the phone, a changed entry and another request id are refused', async () => {
  const id = randomUUID();
  const signOut = await sealed(worker, randomUUID(), { name: 'security.signOut', input: {} });
  expect((await worker.ask(sendSealed, signOut)).status).toBe(422);
  const entry = await sealed(worker, randomUUID(), { name: recordSurvey.name, input: survey(id) });
  expect((await worker.ask(sendSealed, { ...entry, requestId: randomUUID() })).status).toBe(422);
  const bytes = Buffer.from(entry.entry.sealed, 'base64');
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  const changed = { ...entry, entry: { ...entry.entry, sealed: bytes.toString('base64') } };
  expect((await worker.ask(sendSealed, changed)).status).toBe(422);
});
