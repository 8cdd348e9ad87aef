import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { getJob, issueBulk } from '#contract/notices-work.ts';
import { createChance } from '#server/sample/chance.ts';
import { addressOf, option, percentile, printTable } from './installation.ts';
import { killedPhone } from './kill-browser.ts';
import { readBack } from './kill-check.ts';
import { makeSite, type Site } from './kill-site.ts';
import { sendUntilAnswered, signIn, workOnline, workOnPhone } from './kill-senders.ts';
import { makeWorld, type KillWorld } from './kill-world.ts';
import { documentFor, type Desk, type Write } from './kill-writes.ts';
import { buildPages } from './pages-build.ts';

/**
 * `npm run -s bench:kill -- --kills 100`: while teachers and principals write over HTTP and from phones, the server, the database and a phone's
 * browser are killed at random moments; then everything that was acknowledged must stand, once, and the audit chain be whole.
 */
const times = option('kills', 100, true);
const seed = option('seed', 20261120);
const today = '2026-11-20';
const at = `${today}T01:30:00.000Z`;
const chance = createChance(seed);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Weekdays before today within the term, the last first. */
function schoolDays(count: number): string[] {
  const days: string[] = [];
  for (let back = 0; days.length < count; back += 1) {
    const day = new Date(Date.parse(`${today}T00:00:00Z`) - back * 86_400_000);
    if (day.getUTCDay() >= 1 && day.getUTCDay() <= 5 && day.toISOString().slice(5) >= '10-12')
      days.push(day.toISOString().slice(0, 10));
    if (back > 60) break;
  }
  return days;
}

function deskOf(room: KillWorld['rooms'][number]): Desk {
  return { room, days: schoolDays(25), unreported: room.pupils.slice(0, 25), cases: [], today, at };
}

/** How long each kind of death kept people waiting, in milliseconds. */
const waits: Record<'server' | 'database', number[]> = { server: [], database: [] };

async function killOne(site: Site, victim: 'server' | 'database'): Promise<void> {
  if (victim === 'database') {
    while (!site.killDatabase()) await pause(50);
  } else {
    await site.killServer();
    // One of four dies again while it starts.
    if (chance.oneIn(4)) {
      site.start();
      await pause(chance.whole(50, 900));
      await site.killServer();
    }
    site.start();
  }
  waits[victim].push(await site.untilUp());
}

/** After all that the jobs must still run: a bulk issue goes through. */
async function jobsRun(site: Site, cookie: string, pupils: readonly string[]): Promise<void> {
  const id = randomUUID();
  const post = await fetch(`${site.url}${issueBulk.path}`, {
    method: 'POST',
    headers: { cookie, 'x-baoxue': '1', 'x-request-id': randomUUID(), 'content-type': 'application/json' },
    body: JSON.stringify({
      id,
      kind: 'persuasionNotice',
      fields: { absentSince: '2026-11-09', contact: '教务处', contactPhone: '027-82340000' },
      items: pupils.slice(0, 5).map((childId) => ({ childId })),
    }),
  });
  if (!post.ok) throw new Error(`bulk issue: ${await post.text()}`);
  for (let tries = 0; tries < 200; tries += 1) {
    const asked = await fetch(addressOf(site.url, getJob, { id }).url, { headers: { cookie } });
    // as: the answer of this very call
    const job = (await asked.json()) as { state: string };
    if (job.state === 'done') return;
    await pause(100);
  }
  throw new Error('a bulk issue after the kills was never done');
}

buildPages();
const site = await makeSite(at);
try {
  const prepared = await site.open();
  const world = await makeWorld(prepared);
  await prepared.database.stop();
  site.start();
  await site.untilUp();
  const writes: Write[] = [];
  let over = false;
  const isOver = () => over;
  const last = world.rooms.at(-1);
  if (!last) throw new Error('no class');
  const teacherCookie = await signIn(site.url, last.login);
  const phone = await killedPhone(site.url, last, at, today, chance, teacherCookie);
  const workers = world.rooms.slice(0, -1).map((room, index) => {
    const work = index % 2 === 0 ? workOnline : workOnPhone;
    return work(site.url, room.login, deskOf(room), createChance(seed + index), writes, isOver);
  });
  const principals = world.principals.map(async ({ login, pupils }, index) => {
    const own = createChance(seed + 100 + index);
    const cookie = await signIn(site.url, login);
    while (!over) {
      const one = documentFor(own.pick(pupils));
      writes.push(one);
      await sendUntilAnswered(site.url, cookie, null, one);
      await pause(own.whole(100, 400));
    }
  });
  const working = Promise.all([...workers, ...principals]);
  working.catch(() => undefined);
  const counts = { server: 0, database: 0, browser: 0 };
  const begun = performance.now();
  try {
    for (let kill = 1; kill <= times; kill += 1) {
      await Promise.race([pause(chance.whole(100, 900)), working]);
      const victim = kill % 10 === 5 ? 'browser' : chance.oneIn(2) ? 'server' : 'database';
      if (victim === 'browser') await phone.liveAndDie();
      else await killOne(site, victim);
      counts[victim] += 1;
      if (kill % 10 === 0) process.stdout.write(`${String(kill)} kills, ${String(writes.length)} writes\n`);
    }
    if (counts.browser > 0) await phone.finish();
    over = true;
    await working;
    await jobsRun(site, await signIn(site.url, world.principals[0]?.login ?? ''), world.principals[0]?.pupils ?? []);
  } finally {
    over = true;
    await phone.stop();
  }
  const seconds = (performance.now() - begun) / 1000;
  await site.stop();
  const platform = await site.open();
  const { table, auditIntact, links, faults } = await readBack(platform, writes, counts.browser > 0 ? phone : null);
  await platform.database.stop();
  printTable(table.map((row) => ({ ...row })));
  printTable([
    {
      ...counts,
      seconds: Math.round(seconds),
      auditLinks: links,
      serverBackP50ms: Math.round(percentile(waits.server, 0.5)),
      databaseBackP50ms: Math.round(percentile(waits.database, 0.5)),
      slowestMs: Math.round(Math.max(0, ...waits.server, ...waits.database)),
    },
  ]);
  for (const one of writes.filter((some) => some.state === 'refused').slice(0, 10))
    process.stdout.write(`refused ${one.kind}: ${one.words}\n`);
  for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
  const sum = (of: 'acknowledged' | 'lost' | 'doubled') => table.reduce((total, row) => total + row[of], 0);
  const result = {
    kills: counts.server + counts.database + counts.browser,
    acknowledged: sum('acknowledged') - (table.find((row) => row.kind === 'files')?.acknowledged ?? 0),
    lost: sum('lost'),
    doubled: sum('doubled'),
    auditIntact,
  };
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
  if (result.lost > 0 || result.doubled > 0 || faults.length > 0 || !auditIntact) process.exitCode = 1;
} finally {
  await site.stop();
  await site.remove();
}
