import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';

const repository = path.resolve(import.meta.dirname, '..');

/** The password of every account of the sample district. */
export const samplePassword = 'Baoxue-2026';

/** Fills the sign-in page that stands open and waits for the pages behind it. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.getByLabel('登录名').fill(login);
  await page.locator('input[type=password]').fill(samplePassword);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /打开账号菜单/ }).waitFor();
}

/** A running installation and a browser. */
export interface Visited {
  url: string;
  /** Opens a page of the given width and signs in with the sample's password; null stays at the sign-in page. */
  visit(login: string | null, width?: number): Promise<Page>;
  /** Runs the `baoxue` command on the installation and answers what it printed; a refusal is thrown. */
  command(...words: string[]): Promise<string>;
  /** Stops the server and starts it again at another moment, as days go by; everybody signs in anew. */
  move(clock: string): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/**
 * Starts the server as users do, in a folder of its own, with the lists of the sample district, `lived` in as at the first start, or `empty`,
 * and waits until it answers.
 * `clock` is the moment at which the server's clock stands still.
 */
export async function startVisit(options: { empty?: boolean; lived?: boolean; clock?: string } = {}): Promise<Visited> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-journey-'));
  const port = await freePort();
  const url = `http://localhost:${String(port)}`;
  const env = { ...process.env, BAOXUE_DATA: folder, PORT: String(port), NODE_ENV: '', BAOXUE_RATE_LIMIT: '100000' };
  if (options.clock !== undefined) Object.assign(env, { BAOXUE_TEST_CLOCK: options.clock });
  const program = [
    path.join(repository, 'server/main.ts'),
    ...(options.empty === true ? ['--empty'] : options.lived === true ? [] : ['--lists']),
  ];
  const start = async () => {
    const started = spawn(process.execPath, program, {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (let tries = 0; ; tries += 1) {
      const answered = await fetch(`${url}/api/health`).catch(() => null);
      if (answered?.ok) return started;
      if (started.exitCode !== null || tries > 1200) throw new Error('the server did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const end = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  };
  let server = await start();
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  return {
    url,
    visit: async (login, width = 1440) => {
      const context = await browser.newContext({
        viewport: { width, height: width < 500 ? 844 : 900 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await page.goto(url);
      if (login !== null) await signIn(page, login);
      return page;
    },
    command: async (...words) => {
      const program = path.join(repository, 'server/cli/main.ts');
      return (await promisify(execFile)(process.execPath, [program, ...words], { env })).stdout;
    },
    move: async (clock) => {
      await end();
      Object.assign(env, { BAOXUE_TEST_CLOCK: clock });
      server = await start();
    },
    stop: async () => {
      await browser.close();
      await end();
      const outside = path.join(folder, 'database.location');
      if (existsSync(outside)) await rm(readFileSync(outside, 'utf8').trim(), { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
