import { appendFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '#contract/endpoint.ts';
import { editChild, getChild, listChildren, revealChild } from '#contract/population.ts';
import { decideApproval, requestApproval, signIn } from '#contract/security.ts';
import { runComparison } from '#contract/comparison.ts';
import { importNow, type HandIn } from '#server/areas/imports/actions.ts';
import { createDistrict } from '#server/areas/organisations/actions.ts';
import { loadConfig } from '#server/config.ts';
import { backup } from '#server/database/backup.ts';
import { removeData } from '#server/database/test-server.ts';
import { buildApp } from '#server/http/app.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor } from '#server/http/run.ts';
import { openPlatform } from '#server/platform.ts';
import { routes } from '#server/routes.ts';
import { send, testPassword } from '#server/testing/world.ts';
import { createStaffWithAccount } from './actions.ts';

/** A number of the form of an identity number with its right check digit (GB 11643); nobody has it. */
function numbered(first17: string): string {
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (total, weight, at) => total + weight * Number(first17[at]),
    0,
  );
  return `${first17}${'10X98765432'[sum % 11] ?? ''}`;
}

const district = '420102';
const child = numbered('42010220160514873');
const held = `42010220160514${child.slice(14, 17)}${child.endsWith('0') ? '1' : '0'}`;
const parent = numbered('42010219880203416');
/** What must not be found: every number, and the first part of each, which a mask would not leave either. */
const secret: Record<string, string> = {
  'document number': child,
  'registry number': `G${child}`,
  'number of a held row': held,
  'phone of the register': '15490071826',
  'phone of the roster': '15490071934',
  'phone of a held row': '15490072045',
  'phone of a correction': '15490072156',
  'number of a guardian': parent,
  'middle of the number': child.slice(6, 17),
};
/** What may stand in plain: a name, an address. Finding it shows that the search looks where rows are. */
const plain = { name: '韶乐朗标记', address: '江畔标记巷七十七号' };

let folder: string;
let outside: string | null;
let platform: Platform;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-marker-'));
  await mkdir(path.join(folder, 'tmp'));
  process.env['TMPDIR'] = path.join(folder, 'tmp');
  platform = await openPlatform(loadConfig({ BAOXUE_DATA: folder, BAOXUE_TEST_CLOCK: '2026-11-20T02:00:00Z' }));
  const log = (kind: string) => (detail: object, words?: string) =>
    appendFileSync(path.join(folder, 'app.log'), `${kind} ${JSON.stringify(detail)} ${words ?? ''}\n`);
  platform.log = { info: log('info'), warn: log('warn'), error: log('error') };
  // Whole pages in the log are compressed by default, which would hide what stands in them from the search.
  await asAdministrator('ALTER SYSTEM SET wal_compression = off');
  await asAdministrator('SELECT pg_reload_conf()');
  app = await buildApp(platform, routes, { web: false, rateLimit: 1_000_000 });
  const pointer = path.join(folder, 'database.location');
  outside = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null;
});
afterAll(async () => {
  delete process.env['TMPDIR'];
  await app.close();
  await platform.database.stop();
  await removeData(folder);
});

async function asAdministrator(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: platform.database.adminUrl });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** Every form in which bytes could hold a text: UTF-8, UTF-16LE, hexadecimal (as bytea prints), base64 at its three offsets. */
function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    ...[bytes.toString('hex'), ...inBase64].map((form) => Buffer.from(form)),
  ];
}

/** The bytes of a file; none when the running database has removed it since the folder was read. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** The files below the folders in which a text stands in any form; a backup is searched unpacked. */
function filesWith(text: string): string[] {
  const forms = formsOf(text);
  return [folder, ...(outside === null ? [] : [outside])].flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}binaries`))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => {
        const content = contentOf(file);
        const whole = file.endsWith('.baoxue') && content.length > 0 ? gunzipSync(content) : content;
        return forms.some((form) => whole.includes(form));
      })
      .map((file) => path.relative(root, file)),
  );
}

async function as(login: string): Promise<(endpoint: Endpoint, input: unknown) => Promise<Record<string, unknown>>> {
  const answered = await send(app, signIn, { login, password: testPassword }, {});
  const cookie = /baoxue_session=[^;]+/.exec(String(answered.headers['set-cookie']))?.[0] ?? '';
  return async (endpoint, input) => {
    const done = await send(app, endpoint, input, { cookie });
    if (done.status !== 200) throw new Error(`${endpoint.name}: ${String(done.status)} ${JSON.stringify(done.body)}`);
    // as: an object, as the endpoint says
    return done.body as Record<string, unknown>;
  };
}

const hand = (kind: HandIn['kind'], fileName: string, lines: string[], list?: string) =>
  importNow(
    platform,
    platformActor(district),
    { kind, fileName, asOf: '2026-11-20', dryRun: false, ...(list ? { list } : {}) },
    Buffer.from(`\ufeff${lines.join('\n')}\n`),
  );

test('SEC-13 marker numbers are found nowhere in the data folder, the log, the file store or a backup', async () => {
  await createDistrict(platform, district);
  await hand('schools', '学校.csv', ['学校标识码,学校名称,学段,街道', '2142010201,滨江小学,小学,一元街道']);
  const register = await hand('register', '档案.csv', [
    '姓名,性别,出生日期,证件类型,证件号码,现住址,街道,社区,监护人姓名,与儿童关系,联系电话,就读状态,就读学校,年级,学籍号',
    `${plain.name},男,2016-05-14,居民身份证,${child},${plain.address},,,韶某,父亲,15490071826,在校,滨江小学,四年级,G${child}`,
    `韶未校,男,2016-05-14,居民身份证,${held},${plain.address},,,韶某,父亲,15490072045,在校,滨江小学,四年级,`,
  ]);
  expect(register).toMatchObject({ rows: 2, accepted: 1, held: [{ name: '韶未校' }] });
  const roster = await hand('roster', '花名册.csv', [
    '姓名,性别,出生日期,身份证件类型,身份证件号,班号,入学年月,联系电话,成员1姓名,成员1关系,成员1联系电话,成员1身份证件号,学籍号,年级,学校标识码',
    `${plain.name},男,20160514,居民身份证,${child},0401,202209,15490071934,韶某,父亲,15490071934,${parent},G${child},四年级,2142010201`,
  ]);
  expect(roster).toMatchObject({ rows: 1, accepted: 1 });
  await hand('keylist', '留守.csv', ['姓名,证件类型,证件号码', `${plain.name},居民身份证,${child}`], '留守');
  await hand('presence', '到校.csv', [
    '学校标识码,年级,班级,姓名,身份证件号,学籍号,是否到校',
    `2142010201,四年级,0401,${plain.name},${child},G${child},是`,
  ]);
  for (const login of ['one.officer', 'two.officer'])
    await createStaffWithAccount(platform, {
      district,
      name: login,
      login,
      password: testPassword,
      posts: [{ role: 'bureauOfficer', unitId: district }],
      mustChange: false,
    });
  const [one, two] = [await as('one.officer'), await as('two.officer')];
  await one(runComparison, { asOf: '2026-11-20' });
  const found = await one(listChildren, { q: child });
  expect(found).toMatchObject({ total: 1 });
  // as: the rows of the list
  const id = (found['rows'] as { id: string }[])[0]?.id ?? '';
  await one(getChild, { id });
  await one(editChild, { id, reason: '家长来电', phone: '15490072156' });
  const approval = await one(requestApproval, { kind: 'revealDocument', purpose: '核对学籍信息', childId: id });
  await two(decideApproval, { id: approval['id'], approve: true });
  const opened = await one(revealChild, { id, what: 'document', reason: '办理转学', approvalId: approval['id'] });
  expect(opened).toMatchObject({ documentNumber: child });
  expect(await one(revealChild, { id, what: 'phone', reason: '家访' })).toMatchObject({ phone: '15490072156' });
  await backup(platform.database, path.join(folder, 'all.baoxue'), {
    now: platform.clock.now(),
    keyIds: [platform.keys.id],
  });
  await asAdministrator('CHECKPOINT');
  await asAdministrator('SELECT pg_switch_wal()');

  const where = Object.fromEntries(Object.entries(secret).map(([what, text]) => [what, filesWith(text)]));
  expect(where).toEqual(Object.fromEntries(Object.keys(secret).map((what) => [what, []])));
  for (const text of Object.values(plain)) {
    const files = filesWith(text).join('\n');
    expect(files).toMatch(/\/base\/\d+\/\d+/);
    expect(files).toMatch(/\/pg_wal\/[0-9A-F]{24}/);
    expect(files).toMatch(/all\.baoxue/);
  }
  expect(readdirSync(path.join(folder, 'files')).length).toBeGreaterThanOrEqual(5);
  expect(readdirSync(path.join(folder, 'tmp'))).toEqual([]);
});

test('SEC-13 the search finds a number that is stored in plain, in data files, log, backup and every form', async () => {
  const control = numbered('42010220170101555');
  const found = (text: string) => filesWith(text).join('\n');
  expect(found(control)).toBe('');
  await platform.database.loaderPool.query(
    `INSERT INTO setting (district_code, id, key, value, from_date, set_by, set_at, reason) VALUES ($1, $2, 'control', '1', '2026-01-01', 'x', now(), $3)`,
    [district, platform.newId(), control],
  );
  platform.log.error({ number: Buffer.from(control).toString('base64') }, 'control');
  await asAdministrator('CHECKPOINT');
  await backup(platform.database, path.join(folder, 'control.baoxue'), { now: platform.clock.now(), keyIds: [] });
  appendFileSync(path.join(folder, 'files', 'wide'), Buffer.from(`x${control}`, 'utf16le'));
  appendFileSync(path.join(folder, 'files', 'hex'), Buffer.from(control).toString('hex'));
  const files = found(control);
  for (const place of [/\/base\/\d+\/\d+/, /\/pg_wal\//, /control\.baoxue/, /app\.log/, /files\/wide/, /files\/hex/])
    expect(files).toMatch(place);
  expect(files).not.toMatch(/all\.baoxue/);
});
