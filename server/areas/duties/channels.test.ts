import { createHmac } from 'node:crypto';
import { createServer as createHttp } from 'node:http';
import { createServer as createTcp, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/messages.ts';
import * as duties from '#contract/duties.ts';
import { listAudit } from '#contract/security.ts';
import type { Person } from '#server/testing/world.ts';
import { eachMinute } from '#server/minute.ts';
import { isRobotUrl } from './channels.ts';
import { openDutyWorld, type DutyWorld } from './testing.ts';

let all: DutyWorld;
let officer: Person;
let bureau: Person;
let smtp: Server;
const mails: { to: string; text: string }[] = [];
let refuse = 0;
const posts: { url: string; body: { msgtype: string; text: { content: string } } }[] = [];
const robot = createHttp((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    // as: what the channel sent
    posts.push({
      url: request.url ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString()) as (typeof posts)[0]['body'],
    });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ errcode: 0, errmsg: 'ok' }));
  });
});

/** A mail server of a few lines: takes what is sent, or refuses as often as told. */
function mailServer(): Server {
  return createTcp((socket) => {
    let to = '';
    let data: string[] | null = null;
    let rest = '';
    socket.write('220 test\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data) {
          if (line !== '.') {
            data.push(line);
            continue;
          }
          const head = data.indexOf('');
          mails.push({ to, text: decode(data.slice(0, head), data.slice(head + 1)) });
          data = null;
          socket.write('250 taken\r\n');
        } else if (/^RCPT/i.test(line)) {
          to = /<(.*)>/.exec(line)?.[1] ?? '';
          refuse -= 1;
          socket.write(refuse >= 0 ? '450 later\r\n' : '250 ok\r\n');
        } else if (/^DATA/i.test(line)) {
          data = [];
          socket.write('354 go\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
}

function decode(head: string[], body: string[]): string {
  const encoding = /content-transfer-encoding: (\S+)/i.exec(head.join('\n'))?.[1] ?? '';
  const text = body.join(encoding === 'base64' ? '' : '\n');
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  const bytes = text
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const listening = (server: { listen: Server['listen']; address: Server['address'] }) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
const minute = async (now: string) => {
  await all.move(now);
  await eachMinute(all.world.platform);
};
const deliveries = async () =>
  (
    await all.world.platform.database.loaderPool.query<{ channel: string; state: string; tries: number }>(
      `SELECT channel, state, tries FROM message_delivery WHERE district_code = $1 ORDER BY channel, id`,
      [all.world.district],
    )
  ).rows;

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  smtp = mailServer();
  const [mailPort, robotPort] = [await listening(smtp), await listening(robot)];
  Object.assign(world.platform.config, {
    smtpUrl: `smtp://127.0.0.1:${String(mailPort)}?ignoreTLS=true`,
    mailFrom: 'baoxue@bureau.example',
    publicUrl: 'https://baoxue.example',
    robotHosts: [`127.0.0.1:${String(robotPort)}`],
  });
  const found = await world.platform.database.loaderPool.query<{ code: string }>(
    `SELECT code FROM school WHERE district_code = $1 AND id = $2`,
    [world.district, all.schoolId],
  );
  officer = await world.person('schoolOfficer', found.rows[0]?.code ?? '');
  bureau = await world.person('bureauOfficer', world.district);
  await officer.call(contract.saveEmail, { email: 'officer@school.example' });
  await bureau.call(contract.addChannel, {
    kind: 'dingtalk',
    label: '一小工作群',
    schoolId: all.schoolId,
    url: `http://127.0.0.1:${String(robotPort)}/robot/send?access_token=abc`,
    secret: 'SECtest',
  });
});
afterAll(async () => {
  smtp.close();
  robot.close();
  await all.world.stop();
});

it('DUT-10 a message goes out by mail and robot once, tried again after a refusal, without identity', async () => {
  refuse = 1;
  const due = { schoolId: all.schoolId, classId: all.classId, day: '2026-11-20', at: '2026-11-20T02:00:00.000Z' };
  await all.tell({ kind: 'attendance.classDue', part: 'morning', ...due });
  await minute('2026-11-20T02:31:00Z');
  expect(await deliveries()).toEqual([
    { channel: 'email', state: 'waiting', tries: 1 },
    { channel: 'webhook', state: 'sent', tries: 1 },
  ]);
  await minute('2026-11-20T02:32:00Z');
  expect([mails.length, posts.length]).toEqual([0, 1]);
  await minute('2026-11-20T02:42:00Z');
  await minute('2026-11-20T02:53:00Z');
  expect(await deliveries()).toEqual([
    { channel: 'email', state: 'sent', tries: 2 },
    { channel: 'webhook', state: 'sent', tries: 1 },
  ]);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toBe('officer@school.example');
  expect(mails[0]?.text).toContain('1 项任务超期未办结');
  expect(mails[0]?.text).toContain('https://baoxue.example/duties?scope=unit');
  const [post] = posts;
  expect([posts.length, post?.body.msgtype]).toEqual([1, 'text']);
  expect(post?.body.text.content).toBe('有新的任务提醒，请登录平台查看。\nhttps://baoxue.example\n（保学平台）');
  const query = new URLSearchParams(post?.url.split('?')[1]);
  const timestamp = query.get('timestamp') ?? '';
  expect(query.get('sign')).toBe(createHmac('sha256', 'SECtest').update(`${timestamp}\nSECtest`).digest('base64'));
  expect(query.get('access_token')).toBe('abc');
});

it('DUT-10 at night only an emergency goes out; the group is told neither child nor case', async () => {
  const [first, second] = all.children;
  if (!first || !second) throw new Error('too few pupils');
  await all.move('2026-11-20T14:00:00Z');
  const { people } = await (async () => {
    await all.tell({
      kind: 'attendance.classMarked',
      schoolId: all.schoolId,
      classId: all.classId,
      day: '2026-11-20',
      part: 'morning',
      at: '2026-11-20T14:00:00.000Z',
      absent: [first.id],
    });
    const [row] = (await officer.call(duties.listDuties, { scope: 'unit', rule: 'contactGuardian' })).rows;
    return { people: await officer.call(duties.getDuty, { id: row?.id ?? '' }) };
  })();
  const self = people.people[0];
  await officer.call(duties.handOverDuty, { id: people.id, staffId: self?.staffId ?? '', reason: '由本人联系' });
  const [mailsBefore, postsBefore] = [mails.length, posts.length];
  await minute('2026-11-20T14:01:00Z');
  expect(mails.length).toBe(mailsBefore);
  await all.tell({
    kind: 'dropout.stepped',
    caseId: first.id,
    caseKind: 'dropout',
    round: 1,
    step: 'emergency',
    state: 'suspected',
    ownerRole: 'principal',
    ownerUnitKind: 'school',
    ownerUnit: all.schoolId,
    at: '2026-11-20T14:02:00.000Z',
    next: null,
    dueDate: null,
    urgent: true,
    childId: second.id,
    schoolId: all.schoolId,
    classId: all.classId,
  });
  await minute('2026-11-20T14:03:00Z');
  expect(mails.length).toBe(mailsBefore);
  const sent = posts.slice(postsBefore).map((post) => post.body.text.content);
  expect(sent).toEqual(['有一项紧急任务，请登录平台查看。\nhttps://baoxue.example\n（保学平台）']);
  await minute('2026-11-21T00:00:00Z');
  expect(mails.slice(mailsBefore).map((mail) => mail.text.includes('有一项任务交给您'))).toContain(true);
});

it('DUT-10 address and secret are never shown; a robot that was ended gets nothing; only https outside this machine', async () => {
  const [row] = await bureau.call(contract.listChannels, {});
  expect(JSON.stringify(row)).not.toMatch(/access_token|SECtest|robot/);
  expect((await officer.call(contract.getReminders, {})).email).toBe('officer@school.example');
  const kept = await all.world.platform.database.loaderPool.query<{ text: string }>(
    `SELECT concat(encode(a.sealed_email, 'escape'), encode(k.sealed, 'escape')) AS text FROM message_address a, message_channel k WHERE a.district_code = $1 AND k.district_code = $1`,
    [all.world.district],
  );
  expect(kept.rows[0]?.text).not.toMatch(/school\.example|SECtest/);
  await bureau.call(contract.endChannel, { id: row?.id ?? '' });
  expect(await bureau.call(contract.listChannels, {})).toEqual([]);
  const bad = { kind: 'wecom', label: '群', schoolId: null } as const;
  const hosts = { production: true, robotHosts: ['127.0.0.1:1', 'robot.example'] };
  expect((await bureau.ask(contract.addChannel, { ...bad, url: 'http://robot.example/send' })).status).toBe(422);
  expect(isRobotUrl('http://127.0.0.1:1/x', hosts)).toBe(false);
  expect(isRobotUrl('http://127.0.0.1:1/x', { ...hosts, production: false })).toBe(true);
  expect(isRobotUrl('https://robot.example/x', hosts)).toBe(true);
  expect(isRobotUrl('https://user:pass@robot.example/x', hosts)).toBe(false);
  await officer.call(contract.saveEmail, { email: null });
  expect((await officer.call(contract.getReminders, {})).email).toBeNull();
});

it('DUT-15 a robot is added and ended by who handles the duties of its unit, at known hosts only, and the trail holds unit and host', async () => {
  const { world } = all;
  const elsewhere = await world.platform.database.loaderPool.query<{ code: string }>(
    `SELECT code FROM school WHERE district_code = $1 AND id = $2`,
    [world.district, all.otherSchoolId],
  );
  const stranger = await world.person('principal', elsewhere.rows[0]?.code ?? '');
  const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret';
  const input = { kind: 'wecom', label: '德育群', schoolId: all.schoolId, url } as const;
  for (const role of ['sysAdmin', 'bureauLeader'] as const) {
    const person = await world.person(role, world.district);
    expect((await person.ask(contract.addChannel, input)).status).toBe(403);
    expect((await person.ask(contract.listChannels, {})).status).toBe(403);
  }
  const refused = (path: string) => ({ status: 422, body: { detail: { issues: [{ path }] } } });
  expect(await stranger.ask(contract.addChannel, input)).toMatchObject(refused('schoolId'));
  expect(await officer.ask(contract.addChannel, { ...input, schoolId: null })).toMatchObject(refused('schoolId'));
  for (const wrong of [
    'https://robot.example/send',
    'https://oapi.dingtalk.com.example/',
    'https://oapi.dingtalk.com:8443/',
  ])
    expect(await officer.ask(contract.addChannel, { ...input, url: wrong })).toMatchObject(refused('url'));
  const { id } = await officer.call(contract.addChannel, input);
  const { id: ofBureau } = await bureau.call(contract.addChannel, { ...input, schoolId: null });
  const listed = async (person: Person) => (await person.call(contract.listChannels, {})).map((row) => row.id).sort();
  expect([await listed(officer), await listed(stranger), await listed(bureau)]).toEqual([
    [id],
    [],
    [id, ofBureau].sort(),
  ]);
  expect((await stranger.ask(contract.endChannel, { id })).status).toBe(404);
  expect((await officer.ask(contract.endChannel, { id: ofBureau })).status).toBe(404);
  await officer.call(contract.endChannel, { id });
  expect(await listed(bureau)).toEqual([ofBureau]);
  const auditor = await world.person('auditAdmin', world.district);
  for (const verb of ['duties.addChannel', 'duties.endChannel']) {
    const { rows } = await auditor.call(listAudit, { verb });
    const entry = rows.find((row) => row.subjectId === id);
    expect(entry?.detail).toMatchObject({ unit: all.schoolId, host: 'qyapi.weixin.qq.com' });
    expect(JSON.stringify(rows)).not.toContain('secret');
  }
});
