import { createHash } from 'node:crypto';
import { readStoredFile } from '#server/files/store.ts';
import { verifyChain } from '#server/http/audit.ts';
import type { Platform } from '#server/http/context.ts';
import type { KilledPhone } from './kill-browser.ts';
import { district } from './kill-world.ts';
import type { Kind, Write } from './kill-writes.ts';

/** A line of the table: what of a kind was acknowledged, and what of it stands. */
export interface Checked {
  kind: string;
  acknowledged: number;
  refused: number;
  /** Sent more than once because an answer did not come. */
  resent: number;
  lost: number;
  doubled: number;
}

/** Where the ids of a kind stand. */
const places: Readonly<Record<Kind, string>> = {
  rollCall: 'SELECT id FROM roll_call WHERE district_code = $1 AND source <> $2',
  report: `SELECT id FROM dropout_report WHERE district_code = $1 AND rule IS DISTINCT FROM $2 AND reported_by <> 'platform'`,
  contact: `SELECT id FROM case_event WHERE district_code = $1 AND what = 'contact' AND words <> $2`,
  paper: 'SELECT id FROM paper WHERE district_code = $1 AND stored_name <> $2',
  visit: 'SELECT id FROM visit WHERE district_code = $1 AND by_id <> $2',
  document: 'SELECT id FROM issued_document WHERE district_code = $1 AND job_id IS NULL AND stored_name <> $2',
};

/** What must not be there twice whatever its id: rows that a second run of the same call would leave behind. */
const doubles: Readonly<Record<string, string>> = {
  'marks of a pupil and half-day': `SELECT count(*) AS n FROM absence WHERE district_code = $1 AND upper_inf(known) GROUP BY child_id, day, part HAVING count(*) > 1`,
  'absences without their roll call': `SELECT 1 AS n FROM absence a WHERE a.district_code = $1 AND upper_inf(a.known) AND NOT EXISTS (SELECT 1 FROM roll_call r WHERE r.district_code = $1 AND r.class_id = a.class_id AND r.day = a.day AND r.part = a.part)`,
  'visits in a timeline': `SELECT count(*) AS n FROM case_event WHERE district_code = $1 AND what = 'visit' GROUP BY visit_id HAVING count(*) > 1`,
  'documents in a timeline': `SELECT count(*) AS n FROM case_event WHERE district_code = $1 AND document_id IS NOT NULL GROUP BY document_id, what HAVING count(*) > 1`,
  'signatures of a visit': `SELECT count(*) AS n FROM visit_signature WHERE district_code = $1 GROUP BY visit_id, party HAVING count(*) > 1`,
  'open duties': `SELECT count(*) AS n FROM duty WHERE district_code = $1 AND state = 'open' GROUP BY rule, live_key HAVING count(*) > 1`,
  'cases of a child': `SELECT count(*) AS n FROM return_case WHERE district_code = $1 GROUP BY child_id HAVING count(*) > 1`,
  'numbers of documents': `SELECT c.last AS n FROM document_counter c WHERE c.district_code = $1 AND c.last <> (SELECT count(DISTINCT d.number) FROM issued_document d WHERE d.district_code = $1 AND d.unit_id = c.unit_id AND d.scheme = c.scheme AND d.year = c.year)`,
  corrections: `SELECT count(*) AS n FROM attendance_correction WHERE district_code = $1 GROUP BY child_id, day, part HAVING count(*) > 1`,
};

async function files(platform: Platform, writes: readonly Write[]): Promise<string[]> {
  const { rows } = await platform.database.loaderPool.query<{ id: string; stored_name: string }>(
    'SELECT id, stored_name FROM paper WHERE district_code = $1 UNION ALL SELECT id, stored_name FROM issued_document WHERE district_code = $1',
    [district],
  );
  const stored = new Map(rows.map((row) => [row.id, row.stored_name] as const));
  const lost: string[] = [];
  for (const one of writes.filter((some) => some.print !== null && some.state === 'acknowledged')) {
    const name = stored.get(one.id);
    const content =
      name === undefined
        ? null
        : await readStoredFile(platform.keys, platform.config.dataDirectory, name).catch(() => null);
    if (content === null || createHash('sha256').update(content).digest('hex') !== one.print) lost.push(one.id);
  }
  return lost;
}

/** Reads everything back and compares it with what was acknowledged. */
export async function readBack(
  platform: Platform,
  writes: readonly Write[],
  phone: KilledPhone | null,
): Promise<{ table: Checked[]; auditIntact: boolean; links: number; faults: string[] }> {
  const pool = platform.database.loaderPool;
  const table: Checked[] = [];
  const faults: string[] = [];
  // as: the keys of this very table
  for (const kind of Object.keys(places) as Kind[]) {
    const of = writes.filter((one) => one.kind === kind);
    const there = new Set((await pool.query<{ id: string }>(places[kind], [district, ''])).rows.map((row) => row.id));
    const lost = of.filter((one) => one.state === 'acknowledged' && !there.has(one.id));
    const known = new Set(of.map((one) => one.id));
    // A refused call left nothing; whatever nobody sent is a second copy of something.
    const more = [...there].filter((id) => !known.has(id) && !(kind === 'rollCall' && phone !== null));
    const kept = of.filter((one) => one.state === 'refused' && there.has(one.id));
    faults.push(...lost.map((one) => `lost ${kind} ${one.id}`), ...more.map((id) => `more ${kind} ${id}`));
    faults.push(...kept.map((one) => `refused and there ${kind} ${one.id}: ${one.words}`));
    table.push({
      kind,
      acknowledged: of.filter((one) => one.state === 'acknowledged').length,
      refused: of.filter((one) => one.state === 'refused').length,
      resent: of.filter((one) => one.sent > 1).length,
      lost: lost.length,
      doubled: more.length,
    });
  }
  const lostFiles = await files(platform, writes);
  faults.push(...lostFiles.map((id) => `file lost ${id}`));
  table.push({
    kind: 'files',
    acknowledged: writes.filter((one) => one.print !== null && one.state === 'acknowledged').length,
    refused: 0,
    resent: 0,
    lost: lostFiles.length,
    doubled: 0,
  });
  if (phone) {
    const { rows } = await pool.query<{ child_id: string; n: number }>(
      'SELECT child_id, count(*)::int AS n FROM attendance_correction WHERE district_code = $1 GROUP BY child_id',
      [district],
    );
    const there = new Map(rows.map((row) => [row.child_id, row.n] as const));
    const lost = [...phone.acknowledged].filter((id) => !there.has(id));
    const more = rows.filter((row) => row.n > 1 || !phone.begun.has(row.child_id));
    faults.push(
      ...lost.map((id) => `lost correction of ${id}`),
      ...more.map((row) => `more corrections of ${row.child_id}`),
    );
    table.push({
      kind: 'browser',
      acknowledged: phone.acknowledged.size,
      refused: 0,
      resent: 0,
      lost: lost.length,
      doubled: more.length,
    });
  }
  for (const [what, text] of Object.entries(doubles)) {
    const { rowCount } = await pool.query(text, [district]);
    table.push({ kind: what, acknowledged: 0, refused: 0, resent: 0, lost: 0, doubled: rowCount ?? 0 });
    if ((rowCount ?? 0) > 0) faults.push(`${String(rowCount)} double: ${what}`);
  }
  const client = await pool.connect();
  try {
    const verdict = await verifyChain(client, platform.keys, district);
    return { table, auditIntact: verdict.brokenAt === null, links: verdict.links, faults };
  } finally {
    client.release();
  }
}
