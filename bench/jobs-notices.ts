import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { listRoster } from '#contract/enrolment.ts';
import { getJob, issueBulk } from '#contract/notices-work.ts';
import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import type { Platform } from '#server/http/context.ts';
import type { Installation } from './installation.ts';
import { loadLists } from './lists.ts';
import { makeChildren } from './roster-file.ts';

/** What the bulk issue was measured on. */
export interface NoticesMeasured {
  /** Notices issued, each with its own number, file and fingerprint, and bound into one PDF. */
  notices: number;
  /** Seconds from the order to the finished PDF, as the principal sees them. */
  noticesSeconds: number;
  /** Processor seconds of the server meanwhile, PostgreSQL left out: what an idle machine would need at least, divided by its cores. */
  serverCpuSeconds: number;
  pages: number;
  megabytes: number;
}

const password = 'Baoxue-bench-2026';
const schoolCode = '2142010201';

/** Loads a school of `count` pupils with its principal. */
export async function prepareNotices(platform: Platform, district: string, count: number): Promise<void> {
  const children = makeChildren(count).map((child) => ({ ...child, schoolCode, schoolName: '测速小学' }));
  await loadLists(platform, district, [], children);
  await createStaffWithAccount(platform, {
    district,
    name: '测速校长',
    login: 'benchprincipal',
    password,
    posts: [{ role: 'principal', unitId: schoolCode }],
    mustChange: false,
  });
}

/** Processor seconds a process has used, in its own code and the system's (`/proc`, hundredths). */
function cpuSeconds(pid: number): number {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function signIn(url: string): Promise<string> {
  const signed = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-baoxue': '1' },
    body: JSON.stringify({ login: 'benchprincipal', password }),
  });
  return signed.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** Measures a bulk issue of `count` 劝学通知书 by the principal over HTTP, with the job of the running server. */
export async function measureNotices(installation: Installation, count: number): Promise<NoticesMeasured> {
  installation.headers['cookie'] = await signIn(installation.url);
  const items: { childId: string }[] = [];
  for (let page = 1; items.length < count; page += 1) {
    const { rows } = await installation.call(listRoster, { page, size: 200 });
    if (rows.length === 0) throw new Error(`only ${String(items.length)} pupils`);
    items.push(...rows.map((row) => ({ childId: row.childId })));
  }
  const id = randomUUID();
  const cpuBefore = cpuSeconds(installation.serverPid);
  const began = performance.now();
  await installation.call(issueBulk, {
    id,
    kind: 'persuasionNotice',
    fields: { absentSince: '2026-11-09', contact: '教务处', contactPhone: '027-82340000' },
    items: items.slice(0, count),
  });
  let job = await installation.call(getJob, { id });
  while (job.state === 'waiting' || job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    job = await installation.call(getJob, { id });
  }
  const cpu = cpuSeconds(installation.serverPid) - cpuBefore;
  const seconds = (performance.now() - began) / 1000;
  const file = await fetch(`${installation.url}/api/document-jobs/${id}/file`, { headers: installation.headers });
  const bound = Buffer.from(await file.arrayBuffer());
  if (job.state !== 'done' || job.skipped.length > 0 || bound.subarray(0, 5).toString() !== '%PDF-')
    throw new Error(`the bulk issue ended as ${job.state}: ${job.problem ?? JSON.stringify(job.skipped.slice(0, 3))}`);
  return {
    notices: job.done,
    noticesSeconds: Number(seconds.toFixed(1)),
    serverCpuSeconds: Number(cpu.toFixed(1)),
    pages: job.pages ?? 0,
    megabytes: Number((bound.length / 1024 / 1024).toFixed(1)),
  };
}
