import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getImport, uploadList } from '#contract/imports.ts';
import { listChildren } from '#contract/population.ts';
import { importNow } from '#server/areas/imports/actions.ts';
import { platformActor } from '#server/http/run.ts';
import { install, percentile, printTable, residentMB } from './installation.ts';
import { makeChildren, writeRosterFile } from './roster-file.ts';

const rows = Number(process.argv[2] ?? 100_000);
const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-bench-file-'));
const file = path.join(folder, 'roster.xlsx');
process.stdout.write(`writing a roster of ${String(rows)} rows in the national template\n`);
const children = makeChildren(rows);
await writeRosterFile(file, children);
const schools = [...new Map(children.map((child) => [child.schoolCode, child.schoolName]))];
const installation = await install(async (platform, district) => {
  const list = `学校标识码,学校名称,学段\n${schools.map(([code, name]) => `${code},${name},${code.startsWith('3') ? '初中' : '小学'}`).join('\n')}\n`;
  await importNow(
    platform,
    platformActor(district),
    { kind: 'schools', fileName: '学校名录.csv', asOf: '2026-11-20', dryRun: false },
    Buffer.from(list),
  );
});
try {
  const content = await readFile(file);
  const latencies: number[] = [];
  let peak = 0;
  const started = performance.now();
  const made = (await installation.upload(
    uploadList,
    { kind: 'roster', fileName: 'roster.xlsx', asOf: '2026-11-20', dryRun: 'false' },
    content,
  )) as { id: string }; // as: the endpoint's output
  let end: Awaited<ReturnType<typeof installation.call<typeof getImport>>> | null = null;
  let polled = 0;
  while (!end && performance.now() - started < 300_000) {
    const before = performance.now();
    await installation.call(listChildren, { page: 1, size: 50 });
    latencies.push(performance.now() - before);
    peak = Math.max(peak, residentMB(installation.serverPid));
    if (performance.now() - polled > 250) {
      polled = performance.now();
      const now = await installation.call(getImport, { id: made.id });
      if (now.state === 'done' || now.state === 'failed') end = now;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (performance.now() - started) / 1000;
  if (end?.state !== 'done' || end.accepted !== rows)
    throw new Error(`the import did not finish: ${JSON.stringify(end?.problem ?? end?.state)}`);
  const result = {
    rows,
    seconds: Number(seconds.toFixed(1)),
    rowsPerSecond: Math.round(rows / seconds),
    rssMB: peak,
    listP99ms: Math.round(percentile(latencies, 0.99)),
  };
  printTable([{ ...result, listCalls: latencies.length, listP50ms: Math.round(percentile(latencies, 0.5)) }]);
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  await installation.stop();
  await rm(folder, { recursive: true, force: true });
}
