import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { copyOfSample } from './prepared.ts';
import { endServer, freePort, removeFolder, startServer } from './server.ts';

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

let browser: Promise<Browser> | null = null;

/** The browser of all stories of a process; each person of a story has a context of its own in it, as on a computer of his own. */
async function theBrowser(): Promise<Browser> {
  if (browser && (await browser).isConnected()) return browser;
  browser = chromium.launch({
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
  return browser;
}

/**
 * Starts the server as users do, in a folder of its own, with the lists of the sample district, `lived` in as at the first start, or `empty`,
 * and waits until it answers. What others start from too is a copy of an installation that was made once for all stories.
 * `clock` is the moment at which the server's clock stands still.
 */
export async function startVisit(options: { empty?: boolean; lived?: boolean; clock?: string } = {}): Promise<Visited> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-journey-'));
  const { empty = false, lived = false, clock } = options;
  // The one story of a first start on a day of its own starts first itself.
  if (!empty && !(lived && clock !== undefined)) await copyOfSample(folder, { clock, lived });
  const port = await freePort();
  const words = empty ? ['--empty'] : lived ? [] : ['--lists'];
  const running = await startServer(folder, port, words, clock);
  const { url, env } = running;
  let { server } = running;
  const computers: BrowserContext[] = [];
  return {
    url,
    visit: async (login, width = 1440) => {
      const context = await (
        await theBrowser()
      ).newContext({
        viewport: { width, height: width < 500 ? 844 : 900 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      });
      computers.push(context);
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
      await endServer(server);
      Object.assign(env, { BAOXUE_TEST_CLOCK: clock });
      ({ server } = await startServer(folder, port, words, clock));
    },
    stop: async () => {
      for (const context of computers) await context.close();
      await endServer(server);
      await removeFolder(folder);
    },
  };
}
