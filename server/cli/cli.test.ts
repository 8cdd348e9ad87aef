import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded, type EmbeddedServer } from '#server/database/embedded.ts';
import { removeData } from '#server/database/test-server.ts';
import { binjiangFolder, binjiangTruth } from '#server/testing/binjiang.ts';
import { sealedColumns } from './reseal.ts';
import { runCommand, runJson, startCommand } from './testing.ts';

/** One data folder for all commands, with its server kept running so that they join it. */
let folder: string;
let other: string;
let server: EmbeddedServer;
const file = (name: string) => path.join(binjiangFolder, name);
const district = ['--district', '420102'] as const;
const days = ['2026-11-20', '2027-03-12'] as const;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-cli-'));
  other = await mkdtemp(path.join(tmpdir(), 'baoxue-cli-restored-'));
  server = await startEmbedded({ dataDirectory: folder, durable: false });
});
afterAll(async () => {
  await server.stop();
  await removeData(folder);
  await removeData(other);
});

async function ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.adminUrl.replace(/\/postgres$/, '/baoxue') });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const sorted = (list: unknown) =>
  // as: findings are lists of flat objects
  (list as Record<string, string>[]).map((one) => JSON.stringify(Object.entries(one).sort())).sort();

async function expectTruth(dataFolder: string, asOf: string): Promise<void> {
  const [result] = await runJson(dataFolder, ['reconcile', ...district, '--as-of', asOf]);
  const truth = await binjiangTruth();
  expect(result?.['schoolAge']).toEqual(truth.schoolAge);
  expect(result?.['enrolmentRate']).toEqual(truth.enrolmentRate);
  // as: one list for each kind of finding
  const findings = result?.['findings'] as Record<string, unknown>;
  expect(Object.keys(findings).sort()).toEqual(Object.keys(truth.findings).sort());
  for (const [kind, list] of Object.entries(truth.findings))
    expect([kind, sorted(findings[kind])]).toEqual([kind, sorted(list)]);
}

/** The commands of a help page: their names, and whether they are groups of further commands. */
function commandsIn(help: string): { name: string; group: boolean }[] {
  const list = help.split('命令：\n')[1] ?? '';
  return [...list.matchAll(/^ {2}(\w+)( .*)?$/gm)]
    .map((found) => ({ name: found[1] ?? '', group: !/^ \[options\]/.test(found[2] ?? '') }))
    .filter(({ name }) => name !== 'help');
}

describe('the command line', () => {
  it('PLT-09 every command explains itself in Chinese, takes --json, and ends with 0', async () => {
    const seen: string[] = [];
    const look = async (names: string[]): Promise<void> => {
      const ran = await runCommand(folder, [...names, '--help']);
      expect([names, ran.code, ran.err]).toEqual([names, 0, '']);
      expect(ran.out).toMatch(/^用法：/);
      const below = commandsIn(ran.out);
      await Promise.all(below.map(({ name }) => look([...names, name])));
      if (below.length > 0) return;
      seen.push(names.join(' '));
      expect([names, ran.out.includes('--json')]).toEqual([names, true]);
    };
    await look([]);
    expect(seen.sort()).toEqual([
      'account create',
      'audit verify',
      'backup',
      'cluster apply',
      'cluster check',
      'district create',
      'import',
      'keys rotate',
      'migrate',
      'reconcile',
      'restore',
      'serve',
    ]);
  });

  it.each([
    ['an unknown command', ['frobnicate'], '没有这个命令：frobnicate'],
    ['an unknown option', ['migrate', '--frobnicate'], '没有这个选项：--frobnicate'],
    ['a missing argument', ['backup'], '缺少参数：file'],
    ['a missing option', ['reconcile', ...district], '缺少选项：--as-of <day>'],
    ['a day that does not exist', ['reconcile', ...district, '--as-of', '2026-02-30'], '日期应写成 YYYY-MM-DD'],
    ['a port that is none', ['serve', '--port', 'abc'], '端口应为 0 至 65535 的整数'],
  ])('PLT-09 %s ends with 2 and says so, in words or as JSON', async (_what, args, words) => {
    const [plain, asJson] = await Promise.all([runCommand(folder, args), runCommand(folder, [...args, '--json'])]);
    expect([plain.code, plain.out]).toEqual([2, '']);
    expect(plain.err).toContain(words);
    expect([asJson.code, asJson.err]).toEqual([2, '']);
    expect(JSON.parse(asJson.out)).toMatchObject({
      error: { code: 'input-wrong', words: expect.stringContaining(words) as string },
    });
  });

  it('PLT-10 a district and its first account are made once, and the account signs in where `serve` listens', async () => {
    expect(await runJson(folder, ['migrate'])).toEqual([{ migrated: true }]);
    const early = await runCommand(folder, ['reconcile', ...district, '--as-of', days[0], '--json']);
    expect([early.code, JSON.parse(early.out)]).toMatchObject([1, { error: { code: 'not-found' } }]);
    const create = ['district', 'create', '420102'];
    expect(await runJson(folder, create)).toMatchObject([{ created: true, subdistricts: 17, communities: 141 }]);
    expect(await runJson(folder, create)).toMatchObject([{ created: false }]);
    expect((await runCommand(folder, ['district', 'create', '999999'])).code).toBe(1);
    const account = ['account', 'create', ...district, '--login', 'first.admin', '--name', '管理员', '--role'];
    const wrong = await runCommand(folder, [...account, 'emperor']);
    expect([wrong.code, wrong.err]).toEqual([1, '没有“emperor”这种岗位。\n']);
    const [made] = await runJson(folder, [...account, 'secAdmin']);
    expect(made).toMatchObject({ login: 'first.admin', password: expect.stringMatching(/^.{4}-.{4}-.{4}$/) as string });
    const again = await runCommand(folder, [...account, 'secAdmin', '--json']);
    expect([again.code, JSON.parse(again.out)]).toMatchObject([1, { error: { code: 'already-exists' } }]);

    const serving = startCommand(folder, ['serve', '--port', '0', '--json']);
    const ended = new Promise<number | null>((resolve) => serving.once('close', resolve));
    const line = await new Promise<string>((resolve) => serving.stdout?.setEncoding('utf8').once('data', resolve));
    // as: the line is ours
    const { url } = JSON.parse(line) as { url: string };
    const signed = await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { 'x-baoxue': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'first.admin', password: made?.['password'] }),
    });
    expect([signed.status, await signed.json()]).toEqual([200, { signedIn: true, secondFactorNeeded: false }]);
    const port = new URL(url).port;
    const second = await runCommand(folder, ['serve', '--port', port]);
    expect([second.code, second.err]).toMatchObject([1, expect.stringContaining(`端口 ${port} 已被占用`)]);
    serving.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('PLT-10 a wrong list, an unknown file and an unknown kind end with 1 and leave nothing; the good file beside them counts', async () => {
    const kind = await runCommand(folder, ['import', 'poems', file('学校名录.csv'), ...district, '--as-of', days[0]]);
    expect([kind.code, kind.err]).toMatchObject([1, expect.stringContaining('没有“poems”这种名单。可用：schools')]);
    const dry = ['import', 'schools', file('学校名录.csv'), ...district, '--as-of', days[0], '--dry-run'];
    expect(await runJson(folder, dry)).toMatchObject([{ rows: 4, dryRun: true }]);
    expect(await ask('SELECT 1 AS n FROM school')).toEqual([]);
    const mixed = await runCommand(folder, [
      'import',
      'schools',
      file('没有这个文件.csv'),
      file('expected.json'),
      file('学校名录.csv'),
      ...district,
      '--as-of',
      days[0],
      '--json',
    ]);
    expect(mixed.code).toBe(1);
    // as: every line is an object
    const lines = mixed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { file: '没有这个文件.csv', error: { code: 'file-unreadable' } },
      { file: 'expected.json', error: { words: expect.any(String) as string } },
      { file: '学校名录.csv', rows: 4, accepted: 4, held: [] },
    ]);
  });

  it('CMP-01 the Binjiang lists imported by `import` give with `reconcile --json` exactly their truth, as of both days', async () => {
    const hand = (kind: string, names: string[]) =>
      runJson(folder, ['import', kind, ...names.map(file), ...district, '--as-of', days[0]]);
    const rosters = readdirSync(binjiangFolder).filter((name) => name.startsWith('学籍_'));
    expect(await hand('roster', rosters)).toHaveLength(4);
    const [register] = await hand('register', ['适龄儿童少年信息档案.xlsx']);
    expect(register).toMatchObject({ rows: 872 });
    expect(register?.['held']).toHaveLength(5);
    await hand('presence', ['到校情况_2026-11-20.xlsx']);
    for (const asOf of days) await expectTruth(folder, asOf);
    const words = await runCommand(folder, ['reconcile', ...district, '--as-of', days[0]]);
    expect(words.out).toContain('应入学 865 人，入学率 97.6 %（842／863）');
    const teacher = ['account', 'create', ...district, '--login', 'teacher.one', '--name', '班主任', '--role'];
    expect(await runJson(folder, [...teacher, 'classTeacher', '--unit', '2142010201-0101'])).toHaveLength(1);
  });

  it('PLT-12 a new data key seals every stored number again, and everything stays readable', async () => {
    const columns = await ask<{ table: string; column: string }>(
      `SELECT c.relname AS "table", a.attname AS "column" FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
       WHERE a.attname ~ '(^|_)sealed' AND NOT a.attisdropped AND c.relname NOT IN ('import_row', 'remembered_answer')`,
    );
    const named = (list: readonly { table: string; column: string }[]) =>
      list.map((one) => `${one.table}.${one.column}`).sort();
    expect(named(sealedColumns)).toEqual(named(columns));
    const versions = () =>
      ask<{ place: string; version: number; count: number }>(
        columns
          .map(
            ({ table, column }) =>
              `SELECT '${table}.${column}' AS place, get_byte(${column}, 0) * 256 + get_byte(${column}, 1) AS version, count(*)::int AS count
               FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 2`,
          )
          .join(' UNION ALL '),
      );
    const before = await versions();
    expect(before.every(({ version }) => version === 1)).toBe(true);
    expect(before.length).toBeGreaterThanOrEqual(4);
    const [rotated] = await runJson(folder, ['keys', 'rotate']);
    expect(rotated).toEqual({ dataVersion: 2, resealed: before.reduce((sum, one) => sum + one.count, 0) });
    expect((await versions()).sort((a, b) => (a.place < b.place ? -1 : 1))).toEqual(
      before.map((one) => ({ ...one, version: 2 })).sort((a, b) => (a.place < b.place ? -1 : 1)),
    );
    await expectTruth(folder, days[0]);
  });

  it('PLT-04 a backup needs its key, is restored once into an empty folder, and answers as before', async () => {
    const target = path.join(folder, 'all.baoxue');
    const [made] = await runJson(folder, ['backup', target]);
    expect(made).toMatchObject({ file: target, tables: expect.any(Number) as number });
    const stored = readdirSync(path.join(folder, 'files')).sort();
    expect([stored.length > 0, made?.['files']]).toEqual([true, stored.length]);
    const twice = await runCommand(folder, ['backup', target]);
    expect([twice.code, twice.err]).toMatchObject([1, expect.stringContaining('不会覆盖')]);
    const full = await runCommand(folder, ['restore', target]);
    expect([full.code, full.err]).toMatchObject([1, expect.stringContaining('不是空的')]);
    const missing = await runCommand(other, ['restore', path.join(folder, 'none.baoxue'), '--json']);
    expect([missing.code, missing.out]).toMatchObject([1, expect.stringContaining('找不到备份文件')]);
    const keyless = await runCommand(other, ['restore', target]);
    expect([keyless.code, keyless.err]).toMatchObject([1, expect.stringMatching(/需要主密钥 [0-9a-f]{16}/)]);
    expect(existsSync(path.join(other, 'keys', 'master.key'))).toBe(false);
    mkdirSync(path.join(other, 'keys'));
    copyFileSync(path.join(folder, 'keys', 'master.key'), path.join(other, 'keys', 'master.key'));
    const restored = await startEmbedded({ dataDirectory: other, durable: false });
    try {
      expect(await runJson(other, ['restore', target])).toMatchObject([
        { rows: made?.['rows'], tables: made?.['tables'], files: stored.length },
      ]);
      expect(readdirSync(path.join(other, 'files')).sort()).toEqual(stored);
      const [theirs] = await runJson(other, ['audit', 'verify']);
      const [ours] = await runJson(folder, ['audit', 'verify', ...district]);
      expect(theirs).toEqual(ours);
      expect(ours).toMatchObject({ district: '420102', brokenAt: null });
      await expectTruth(other, days[1]);
    } finally {
      await restored.stop();
    }
  });

  it('PLT-10 a changed link of the trail ends `audit verify` with 1, an unknown district too', async () => {
    expect((await runCommand(folder, ['audit', 'verify', '--district', '110101'])).code).toBe(1);
    await ask(`UPDATE audit_entry SET reason = 'forged' WHERE district_code = '420102' AND sequence = 2`);
    const forged = await runCommand(folder, ['audit', 'verify']);
    expect([forged.code, forged.out]).toEqual([1, '江岸区：第 2 条被改动或缺失！\n']);
    expect(await runCommand(folder, ['audit', 'verify', '--json'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('"brokenAt":2') as string,
    });
  });
});
