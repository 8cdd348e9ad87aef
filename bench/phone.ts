import { gzipSync } from 'node:zlib';
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { percentile, printTable } from './installation.ts';
import { buildPages } from './pages-build.ts';

const repository = path.resolve(import.meta.dirname, '..');
const pages = path.join(repository, 'dist/web');
const slowed = 4;
const bitsPerSecond = 1_600_000;
const latencyMs = 150;
const rounds = 5;

/**
 * The phone pages as a slow phone loads them for the first time: the processor slowed four times, 1.6 Mbit/s, 150 ms of latency. Usable is the
 * moment at which the sign-in field takes what is typed. The files are those the platform hands out, in their gzipped form.
 */
buildPages();

const kinds: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
const server = createServer((request, response) => {
  const asked = (request.url ?? '/').split('?')[0] ?? '/';
  if (asked.startsWith('/api/')) {
    response.writeHead(401, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ code: 'signed-out', title: '登录已失效，请重新登录。' }));
    return;
  }
  const file = path.join(pages, asked === '/field' ? 'field/index.html' : path.normalize(asked));
  if (!file.startsWith(pages) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': kinds[path.extname(file)] ?? 'text/html; charset=utf-8',
    'content-encoding': 'gzip',
  });
  response.end(existsSync(`${file}.gz`) ? readFileSync(`${file}.gz`) : gzipSync(readFileSync(file)));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const profile = await mkdtemp(path.join(tmpdir(), 'baoxue-bench-phone-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  viewport: { width: 390, height: 844 },
  // The worker fetches the files for later on the same slow line; the first load is measured without it.
  serviceWorkers: 'block',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});
try {
  const usable: number[] = [];
  let scriptBytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMs,
      downloadThroughput: bitsPerSecond / 8,
      uploadThroughput: bitsPerSecond / 8,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowed });
    const scripts: string[] = [];
    page.on('response', (response) => {
      const asked = new URL(response.url()).pathname;
      if (asked.endsWith('.js')) scripts.push(asked);
    });
    const begun = performance.now();
    await page.goto(`http://127.0.0.1:${String(port)}/field`, { waitUntil: 'commit' });
    await page.getByLabel('登录名').fill('ban1');
    usable.push(performance.now() - begun);
    scriptBytes = scripts.reduce((sum, asked) => sum + gzipSync(readFileSync(path.join(pages, asked))).length, 0);
    await page.close();
  }
  const scriptKB = Math.round(scriptBytes / 1024);
  const usableMs = Math.round(percentile(usable, 0.5));
  printTable([{ what: 'first load', scriptKB, usableMs, slowest: Math.round(Math.max(...usable)) }]);
  process.stdout.write(`RESULT ${JSON.stringify({ scriptKB, usableMs })}\n`);
} finally {
  await context.close();
  server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
