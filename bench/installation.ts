import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { createDistrict, listDistricts } from '#server/areas/organisations/actions.ts';
import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import { keepTalliesUp } from '#server/areas/statistics/actions.ts';
import { loadConfig } from '#server/config.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { eachMinute } from '#server/minute.ts';
import { openPlatform } from '#server/platform.ts';

const repository = path.resolve(import.meta.dirname, '..');

/** A whole installation of a bench: its own folder, database and port; the server runs as a process of its own. */
export interface Installation {
  /** Opened in the bench's process, for preparing data. */
  platform: Platform;
  district: string;
  url: string;
  serverPid: number;
  /** Calls the server over HTTP as the bench's officer. */
  call<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>>;
  /** Uploads a file. */
  upload(endpoint: Endpoint, input: Record<string, string>, content: Buffer): Promise<unknown>;
  headers: Record<string, string>;
  stop(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 3999;
}

/** The address of a call: its path filled in, the rest of a GET as its query. */
export function addressOf(
  base: string,
  endpoint: Endpoint,
  input: Record<string, unknown>,
): { url: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  let url: string = endpoint.path;
  for (const found of endpoint.path.matchAll(/:(\w+)/g)) {
    const key = found[1] ?? '';
    url = url.replace(`:${key}`, encodeURIComponent(String(rest[key])));
    delete rest[key];
  }
  if (endpoint.method === 'GET' || endpoint.upload) {
    const query = new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)])).toString();
    if (query) url += `?${query}`;
  }
  return { url: base + url, rest };
}

async function waitReady(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${String(child.exitCode)}`);
    const answered = await fetch(`${url}/api/health`).catch(() => null);
    if (answered?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server was not ready within 30 s');
}

/** Signs a person in over HTTP; answers the headers that his calls carry. */
export async function signIn(url: string, login: string, password: string): Promise<Record<string, string>> {
  const signed = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-baoxue': '1' },
    body: JSON.stringify({ login, password }),
  });
  if (!signed.ok) throw new Error(`${String(signed.status)} ${await signed.text()}`);
  return { cookie: signed.headers.get('set-cookie')?.split(';')[0] ?? '', 'x-baoxue': '1' };
}

/** Sends bytes as a browser does. Not by `fetch`: of 35 MB its client alone takes 0.8 s, which would be counted as the server's. */
function send(to: string, headers: Record<string, string>, content: Buffer): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(
      to,
      {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': content.length },
      },
      (answered) => {
        const parts: Buffer[] = [];
        answered.on('data', (part: Buffer) => parts.push(part));
        answered.on('end', () => {
          resolve(new Response(Buffer.concat(parts), { status: answered.statusCode ?? 500 }));
        });
        answered.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(content);
  });
}

/** Makes an installation with one district and an officer, runs `prepare` before the server starts. */
export async function install(prepare: (platform: Platform, district: string) => Promise<void>): Promise<Installation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-bench-'));
  const district = '420102';
  const port = await freePort();
  const env = { ...process.env, BAOXUE_DATA: folder, PORT: String(port), BAOXUE_RATE_LIMIT: '100000000', NODE_ENV: '' };
  const platform = await openPlatform(loadConfig(env));
  await createDistrict(platform, district);
  const password = 'Baoxue-bench-2026';
  await createStaffWithAccount(platform, {
    district,
    name: '测速',
    login: 'bench',
    password,
    posts: [{ role: 'bureauOfficer', unitId: district }],
    mustChange: false,
  });
  await prepare(platform, district);
  const child = spawn(process.execPath, [path.join(repository, 'server/cli/main.ts'), 'serve', '--json'], {
    env,
    stdio: ['ignore', process.env['BAOXUE_BENCH_LOG'] ? 'inherit' : 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${String(port)}`;
  await waitReady(child, url);
  const headers = await signIn(url, 'bench', password);
  const answerOf = async (answered: Response) => {
    if (!answered.ok) throw new Error(`${String(answered.status)} ${await answered.text()}`);
    return (await answered.json()) as unknown;
  };
  return {
    platform,
    district,
    url,
    serverPid: child.pid ?? 0,
    headers,
    call: async (endpoint, input) => {
      const { url: to, rest } = addressOf(url, endpoint, input as Record<string, unknown>); // as: inputs are plain objects
      const answered = await fetch(to, {
        method: endpoint.method,
        headers: {
          ...headers,
          ...(endpoint.method === 'POST' ? { 'content-type': 'application/json', 'x-request-id': randomUUID() } : {}),
        },
        ...(endpoint.method === 'POST' ? { body: JSON.stringify(rest) } : {}),
      });
      return (await answerOf(answered)) as never; // as: the server parsed it with the endpoint's output schema
    },
    upload: async (endpoint, input, content) => {
      const { url: to } = addressOf(url, endpoint, input);
      return answerOf(await send(to, { ...headers, 'x-request-id': randomUUID() }, content));
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await platform.database.stop();
      const outside = path.join(folder, 'database.location');
      if (existsSync(outside)) await rm(readFileSync(outside, 'utf8').trim(), { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * What PostgreSQL does in the minutes after a big list, so that it does not fall into the seconds of one page: old rows are cleared,
 * statistics gathered, and the checkpoint that the list began has come to its end (at most two minutes are waited for).
 */
export async function settle(platform: Platform): Promise<void> {
  const { database } = platform;
  await database.ownerPool.query('VACUUM (ANALYZE)');
  // What a server counts beside after every write, and once for a district with a history: it would go on for minutes into the measuring.
  await eachMinute(platform, ['counted']);
  for (const { code } of await listDistricts(platform)) {
    const options = { actor: platformActor(code, '测速'), reach: { all: true, tokens: [] }, audit: null };
    while ((await runAs(platform, options, (context) => keepTalliesUp(context))) > 0);
  }
  const written = async () =>
    (await database.ownerPool.query<{ at: string }>('SELECT buffers_written::text AS at FROM pg_stat_checkpointer'))
      .rows[0]?.at;
  let last = await written();
  for (let still = 0, tries = 0; still < 5 && tries < 60; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const now = await written();
    still = now === last ? still + 1 : 0;
    last = now;
  }
}

/** Stops an installation; with `BAOXUE_BENCH_KEEP` set it says where it stands and stays until it is told to end (SIGTERM). */
export async function stopOrKeep(installation: Installation): Promise<void> {
  if (process.env['BAOXUE_BENCH_KEEP'] !== undefined) {
    process.stdout.write(`kept: ${installation.platform.config.dataDirectory} ${installation.url}\n`);
    await new Promise((resolve) => process.once('SIGTERM', resolve));
  }
  await installation.stop();
}

/** Resident memory of a process and its children, PostgreSQL left out, in MB. */
export function residentMB(pid: number): number {
  let total = 0;
  const wanted = [pid];
  for (let at = 0; at < wanted.length; at += 1) {
    const one = wanted[at] ?? 0;
    try {
      const status = readFileSync(`/proc/${String(one)}/status`, 'utf8');
      if (/^Name:\s+postgres/m.test(status)) continue;
      total += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
      wanted.push(
        ...readFileSync(`/proc/${String(one)}/task/${String(one)}/children`, 'utf8')
          .trim()
          .split(/\s+/)
          .filter(Boolean)
          .map(Number),
      );
    } catch {
      continue;
    }
  }
  return Math.round(total);
}

/** The value below which a share of the sorted list lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A size of the bench by name, `--pupils 3000`; the one by which a bench is known may stand alone as the first word. */
export function option(name: string, standard: number, alone = name === 'pupils'): number {
  const at = process.argv.indexOf(`--${name}`);
  const first = process.argv[2] ?? '';
  const text = at >= 0 ? process.argv[at + 1] : alone && /^\d+$/.test(first) ? first : String(standard);
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) throw new Error(`--${name} needs a whole number`);
  return size;
}

/** The load of the machine, for the line under a table. */
export function loadWords(): string {
  return `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')} on ${String(availableParallelism())} cores`;
}

/** Prints rows as a table with aligned columns. */
export function printTable(rows: readonly Record<string, string | number>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: unknown) =>
    typeof value === 'number' ? (Number.isInteger(value) ? String(value) : value.toFixed(2)) : String(value);
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => cell(row[column]).length)));
  const line = (values: readonly string[]) =>
    values.map((value, index) => value.padStart(widths[index] ?? 0)).join('  ');
  process.stdout.write(
    `${line(columns)}\n${rows.map((row) => line(columns.map((column) => cell(row[column])))).join('\n')}\n`,
  );
}
