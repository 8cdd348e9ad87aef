import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { uploadPaper } from '#contract/papers.ts';
import type { PaperKind } from '#domain/papers/record.ts';
import { samplePassword } from './installation.ts';
import { freePort } from './server.ts';

/** A phone: a browser with a profile that outlives it, so that it can be killed and opened again. */
export interface Phone {
  /** Opens the browser on the phone pages; the clock of the page stands at `at`. */
  open(): Promise<{ page: Page; context: BrowserContext }>;
  /** Ends the browser at once, as a phone out of power does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes a phone for an installation at an address; `at` is the moment at which its clock stands. */
export async function makePhone(url: string, at: string): Promise<Phone> {
  const profile = await mkdtemp(path.join(tmpdir(), 'baoxue-phone-'));
  let program: ChildProcess | null = null;
  let browser: Browser | null = null;
  const kill = async () => {
    const running = program;
    program = null;
    if (!running?.pid) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
    await browser?.close().catch(() => undefined);
    browser = null;
  };
  return {
    open: async () => {
      const port = await freePort();
      program = spawn(
        '/usr/bin/chromium',
        [
          '--headless=new',
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-first-run',
          '--lang=zh-CN',
          '--window-size=390,844',
          `--remote-debugging-port=${String(port)}`,
          `--user-data-dir=${profile}`,
          'about:blank',
        ],
        { stdio: 'ignore' },
      );
      for (let tries = 0; ; tries += 1) {
        const alive = await fetch(`http://127.0.0.1:${String(port)}/json/version`).catch(() => null);
        if (alive?.ok) break;
        if (tries > 300) throw new Error('the phone did not start');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`);
      const context = browser.contexts()[0];
      if (!context) throw new Error('no context');
      const page = context.pages()[0] ?? (await context.newPage());
      page.setDefaultTimeout(20_000);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.clock.setFixedTime(new Date(at));
      await page.goto(`${url}/field`);
      return { page, context };
    },
    kill,
    stop: async () => {
      await kill();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A Friday of the term, and nine in the morning of it in China. */
export const friday = '2026-11-27';
export const fridayMorning = '2026-11-27T01:00:00Z';

/** The PIN that the stories set on a phone. */
const pin = '408215';

/** Sets the PIN on a phone that has just been signed in on. */
export async function setPin(page: Page): Promise<void> {
  await page.getByLabel('手机口令').fill(pin);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('再输入一次').fill(pin);
  await page.getByRole('button', { name: '打开' }).click();
}

/** Signs a person of the sample in for the first time on a phone, up to where the PIN is asked for. */
export async function signInOnPhone(page: Page, login: string): Promise<void> {
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(samplePassword);
  await page.getByRole('button', { name: '登录' }).click();
}

/** Opens a phone that knows its owner, as after a kill, by the PIN. */
export async function enterPin(page: Page): Promise<void> {
  await page.getByLabel('手机口令').fill(pin);
  await page.getByRole('button', { name: '打开' }).click();
}

/** Waits until the pages of the phone open without signal. */
export async function readyWithoutSignal(page: Page): Promise<void> {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
}

async function cookieOf(url: string, login: string): Promise<string> {
  const signed = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-baoxue': '1' },
    body: JSON.stringify({ login, password: samplePassword }),
  });
  return signed.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** Uploads a scan, about a child where one is named, as a person of the sample, for what a story needs to stand beforehand; answers its id. */
export async function scanAs(url: string, login: string, kind: PaperKind, childId: string | null): Promise<string> {
  const id = randomUUID();
  const asked = new URLSearchParams({ id, kind, fileName: `${kind}.pdf`, ...(childId === null ? {} : { childId }) });
  const sent = await fetch(`${url}${uploadPaper.path}?${asked.toString()}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-baoxue': '1',
      'x-request-id': randomUUID(),
      cookie: await cookieOf(url, login),
    },
    body: '%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n',
  });
  if (!sent.ok) throw new Error(await sent.text());
  return id;
}

/** Calls the platform as a person of the sample, for what a story needs to stand beforehand. */
export async function callAs(
  url: string,
  login: string,
): Promise<<E extends Endpoint>(endpoint: E, input: InputOf<E>) => Promise<OutputOf<E>>> {
  const cookie = await cookieOf(url, login);
  return async (endpoint, input) => {
    // as: inputs of the contract are plain objects
    const rest = { ...(input as Record<string, unknown>) };
    let to =
      url +
      endpoint.path.replace(/:(\w+)/gu, (_whole, key: string) => {
        const value = rest[key];
        delete rest[key];
        return encodeURIComponent(String(value));
      });
    if (endpoint.method === 'GET')
      to += `?${new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)])).toString()}`;
    const answered = await fetch(to, {
      method: endpoint.method,
      headers: { cookie, 'x-baoxue': '1', 'x-request-id': randomUUID(), 'content-type': 'application/json' },
      ...(endpoint.method === 'POST' ? { body: JSON.stringify(rest) } : {}),
    });
    if (!answered.ok) throw new Error(`${endpoint.name}: ${String(answered.status)} ${await answered.text()}`);
    // as: the server parsed its answer with the endpoint's own output schema
    return (await answered.json()) as never;
  };
}
