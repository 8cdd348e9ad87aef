import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { copyOfLists } from './prepared.ts';
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

/**
 * Starts the server as users do, in a folder of its own, with the lists of the sample district, `lived` in as at the first start, or `empty`,
 * and waits until it answers. The lists are a copy of an installation that took them in once for all stories.
 * `clock` is the moment at which the server's clock stands still. People ask their device for less motion, where the story does not say `motion`.
 */
export async function startVisit(
  options: { empty?: boolean; lived?: boolean; clock?: string; motion?: boolean } = {},
): Promise<Visited> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-journey-'));
  if (options.empty !== true && options.lived !== true) await copyOfLists(folder, options.clock);
  const port = await freePort();
  const words = options.empty === true ? ['--empty'] : options.lived === true ? [] : ['--lists'];
  const running = await startServer(folder, port, words, options.clock);
  const { url, env } = running;
  let { server } = running;
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
        reducedMotion: options.motion === true ? 'no-preference' : 'reduce',
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
      await endServer(server);
      Object.assign(env, { BAOXUE_TEST_CLOCK: clock });
      ({ server } = await startServer(folder, port, words, clock));
    },
    stop: async () => {
      await browser.close();
      await endServer(server);
      await removeFolder(folder);
    },
  };
}
