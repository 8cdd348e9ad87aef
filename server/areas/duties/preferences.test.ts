import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/messages.ts';
import { listAudit } from '#contract/security.ts';
import { isQuiet } from '#domain/duties/rules.ts';
import { eachMinute } from '#server/minute.ts';
import type { Person } from '#server/testing/world.ts';
import { addMessages } from './store-messages.ts';
import { openDutyWorld, type DutyWorld } from './testing.ts';

let all: DutyWorld;
let officer: Person;
let officerId: string;
let url: string;
const told: { path: string; text: string }[] = [];
const robot = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    told.push({ path: request.url ?? '', text: Buffer.concat(chunks).toString() });
    response.setHeader('content-type', 'application/json');
    response.end('{"errcode":0}');
  });
});

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  const port = await new Promise<number>((resolve) => {
    robot.listen(0, '127.0.0.1', () => {
      const address = robot.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  url = `http://127.0.0.1:${String(port)}/own?access_token=geheim`;
  Object.assign(world.platform.config, {
    robotHosts: [`127.0.0.1:${String(port)}`],
    publicUrl: 'https://baoxue.example',
  });
  officer = await world.person('schoolOfficer', all.schoolId);
  const found = await world.platform.database.loaderPool.query<{ id: string }>(
    'SELECT id FROM staff WHERE district_code = $1 AND name = $2',
    [world.district, officer.name],
  );
  officerId = found.rows[0]?.id ?? '';
});
afterAll(async () => {
  robot.close();
  await all.world.stop();
});

let count = 0;
/** Writes a message to the officer and lets the job of a minute run; answers by which ways it waits or went. */
async function message(now: string, urgent = false): Promise<string[]> {
  await all.move(now);
  count += 1;
  const once = `test ${String(count)}`;
  await all.whole((context) =>
    addMessages(
      context.client,
      context.district,
      [
        {
          id: context.newId(),
          onceKey: once,
          to: { staffId: officerId },
          subject: '题',
          body: '文',
          path: '/',
          urgent,
        },
      ],
      context.now,
    ),
  );
  return later(now);
}

/** By which ways the last message waits or went, after the job of a minute. */
async function later(now: string): Promise<string[]> {
  await all.move(now);
  await eachMinute(all.world.platform);
  const found = await all.world.platform.database.loaderPool.query<{ channel: string; state: string }>(
    `SELECT d.channel, d.state FROM message_delivery d JOIN message m ON m.district_code = $1 AND m.id = d.message_id
     WHERE d.district_code = $1 AND m.once_key = $2 ORDER BY d.channel`,
    [all.world.district, `test ${String(count)}`],
  );
  return found.rows.map((row) => `${row.channel} ${row.state}`);
}

it('DUT-18 an own robot is told by fixed words, is kept sealed, and only at the known hosts', async () => {
  const refused = await officer.ask(contract.saveOwnRobot, {
    robot: { kind: 'wecom', url: 'https://robot.example/send' },
  });
  expect(refused).toMatchObject({ status: 422, body: { detail: { issues: [{ path: 'robot.url' }] } } });
  await officer.call(contract.saveOwnRobot, { robot: { kind: 'dingtalk', url, secret: 'SECown' } });
  expect(await message('2026-11-20T02:00:00Z')).toEqual(['ownWebhook sent']);
  expect(told).toHaveLength(1);
  expect(told[0]?.path).toMatch(/access_token=geheim&timestamp=\d+&sign=/);
  expect(told[0]?.text).toContain('有新的任务提醒，请登录平台查看。');
  expect(told[0]?.text).not.toMatch(/题|文/);
  const shown = await officer.call(contract.getReminders, {});
  expect(shown.own.robot).toEqual({ kind: 'dingtalk', host: new URL(url).host });
  const kept = await all.world.platform.database.loaderPool.query<{ text: string }>(
    `SELECT encode(sealed_robot, 'escape') AS text FROM message_preference WHERE district_code = $1`,
    [all.world.district],
  );
  expect(kept.rows[0]?.text).not.toMatch(/geheim|SECown/);
  const auditor = await all.world.person('auditAdmin', all.world.district);
  const { rows } = await auditor.call(listAudit, { verb: 'duties.saveOwnRobot' });
  expect(JSON.stringify(rows)).not.toMatch(/geheim|SECown/);
});

it('DUT-18 own hours hold beside the bureau’s, and what waited goes out at their end', async () => {
  // Midday in China; the bureau's own hours are at night.
  await officer.call(contract.savePreferences, { quiet: { from: 12, to: 14 }, channels: ['email', 'webhook'] });
  expect(await message('2026-11-20T04:30:00Z')).toEqual(['ownWebhook waiting']);
  expect(await later('2026-11-20T05:59:00Z')).toEqual(['ownWebhook waiting']);
  expect(await later('2026-11-20T06:00:00Z')).toEqual(['ownWebhook sent']);
  // Hours of his own do not open the bureau's night.
  expect(await message('2026-11-20T15:00:00Z')).toEqual(['ownWebhook waiting']);
  expect(await later('2026-11-21T00:00:00Z')).toEqual(['ownWebhook sent']);
});

it('DUT-18 every hour of the day is told apart as the rule tells it, over midnight too', async () => {
  for (const quiet of [
    { from: 9, to: 11 },
    { from: 11, to: 9 },
    { from: 10, to: 10 },
  ]) {
    await officer.call(contract.savePreferences, { quiet, channels: ['email', 'webhook'] });
    for (const hour of [8, 9, 10, 11, 12]) {
      const at = `2026-11-23T${String(hour - 8).padStart(2, '0')}:10:00Z`;
      const expected = isQuiet(hour, quiet) ? 'waiting' : 'sent';
      expect([quiet, hour, await message(at)]).toEqual([quiet, hour, [`ownWebhook ${expected}`]]);
    }
  }
});

it('DUT-18 the chosen ways are for what is not urgent; an emergency goes out by all, at any hour', async () => {
  await officer.call(contract.saveEmail, { email: 'officer@school.example' });
  await officer.call(contract.savePreferences, { quiet: { from: 0, to: 23 }, channels: [] });
  expect(await message('2026-11-24T04:00:00Z')).toEqual([]);
  const before = told.length;
  // No mail server is set in this world: the mail waits for its next try.
  expect(await message('2026-11-24T16:00:00Z', true)).toEqual(['email waiting', 'ownWebhook sent']);
  expect(told.slice(before).map((one) => one.text.includes('有一项紧急任务'))).toEqual([true]);
  await officer.call(contract.savePreferences, { quiet: null, channels: ['email'] });
  expect(await message('2026-11-25T04:00:00Z')).toEqual(['email waiting']);
  await officer.call(contract.savePreferences, { quiet: null, channels: ['webhook'] });
  expect(await message('2026-11-25T04:05:00Z')).toEqual(['ownWebhook sent']);
});

it('DUT-18 a person sees and sets only his own, and a robot that was cleared is told nothing', async () => {
  const other = await all.world.person('principal', all.schoolId);
  const asFirst = { quiet: null, channels: ['email', 'webhook'], robot: null };
  expect((await other.call(contract.getReminders, {})).own).toEqual(asFirst);
  await other.call(contract.savePreferences, { quiet: { from: 1, to: 2 }, channels: ['email'] });
  const mine = (await officer.call(contract.getReminders, {})).own;
  expect([mine.quiet, mine.channels]).toEqual([null, ['webhook']]);
  await officer.call(contract.saveOwnRobot, { robot: null });
  expect((await officer.call(contract.getReminders, {})).own.channels).toEqual(['webhook']);
  expect(await message('2026-11-25T05:00:00Z', true)).toEqual(['email waiting']);
  expect((await officer.ask(contract.savePreferences, { quiet: { from: 24, to: 1 }, channels: [] })).status).toBe(422);
});
