import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { Keys } from '../crypto/keys.ts';

/** One link of a district's audit chain, before it is numbered. */
export interface AuditLink {
  district: string;
  actorId: string;
  actorName: string;
  verb: string;
  subjectKind: string | null;
  subjectId: string | null;
  reason: string | null;
  outcome: 'done' | 'refused' | 'failed';
  detail: Record<string, unknown>;
}

/** Where a chain stands: its last link. */
export interface Head {
  sequence: number;
  knownAt: string;
  hash: Buffer;
}

const zero = Buffer.alloc(32);

/** Takes the district's chain lock for the rest of the transaction and reads the head. */
export async function lockChain(client: pg.ClientBase, district: string): Promise<Head> {
  await client.query({
    name: 'chain-lock',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7))',
    values: [`chain:${district}`],
  });
  const found = await client.query<{ sequence: number; known_at: string; hash: Buffer }>({
    name: 'chain-head',
    text: `SELECT sequence, to_char(known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known_at, hash
           FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1`,
    values: [district],
  });
  const row = found.rows[0];
  return row
    ? { sequence: row.sequence, knownAt: row.known_at, hash: row.hash }
    : { sequence: 0, knownAt: '', hash: zero };
}

/** The moment at which a change becomes known: the clock, or one microsecond after the chain's head. UTC, microseconds. */
export function nextKnownAt(now: Date, head: Head): string {
  const wanted = `${now.toISOString().slice(0, -1)}000Z`;
  if (wanted > head.knownAt) return wanted;
  const micros = BigInt(Date.parse(head.knownAt.slice(0, 23) + 'Z')) * 1000n + BigInt(head.knownAt.slice(23, 26)) + 1n;
  const millis = Number(micros / 1000n);
  const at = new Date(millis);
  return `${at.toISOString().slice(0, -1)}${(micros % 1000n).toString().padStart(3, '0')}Z`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .join(',')}}`;
  }
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** The digest of a link: an HMAC over every field and the digest before it. */
export function linkHash(keys: Keys, link: AuditLink, sequence: number, knownAt: string, previous: Buffer): Buffer {
  return createHmac('sha256', keys.auditKey)
    .update(previous)
    .update(
      canonical([
        link.district,
        sequence,
        knownAt,
        link.actorId,
        link.actorName,
        link.verb,
        link.subjectKind,
        link.subjectId,
        link.reason,
        link.outcome,
        link.detail,
      ]),
    )
    .digest();
}

/** Appends a link under the chain lock that `lockChain` took; returns where the chain stands then. */
export async function appendLink(
  client: pg.ClientBase,
  keys: Keys,
  head: Head,
  knownAt: string,
  link: AuditLink,
): Promise<Head> {
  const sequence = head.sequence + 1;
  const hash = linkHash(keys, link, sequence, knownAt, head.hash);
  await client.query({
    name: 'audit-append',
    text: `INSERT INTO audit_entry (district_code, sequence, known_at, actor_id, actor_name, verb, subject_kind, subject_id, reason, outcome, detail, previous_hash, hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      link.district,
      sequence,
      knownAt,
      link.actorId,
      link.actorName,
      link.verb,
      link.subjectKind,
      link.subjectId,
      link.reason,
      link.outcome,
      JSON.stringify(link.detail),
      head.hash,
      hash,
    ],
  });
  return { sequence, knownAt, hash };
}

/** What `audit verify` found: how many links stand, and the first that does not fit. */
export interface AuditVerdict {
  district: string;
  links: number;
  brokenAt: number | null;
  head: string;
}

/** Walks a district's chain from its first link and recomputes every digest. */
export async function verifyChain(client: pg.ClientBase, keys: Keys, district: string): Promise<AuditVerdict> {
  let previous: Buffer = zero;
  let expected = 1;
  for (;;) {
    const page = await client.query<
      Record<string, never> & {
        sequence: number;
        known_at: string;
        actor_id: string;
        actor_name: string;
        verb: string;
        subject_kind: string | null;
        subject_id: string | null;
        reason: string | null;
        outcome: AuditLink['outcome'];
        detail: Record<string, unknown>;
        previous_hash: Buffer;
        hash: Buffer;
      }
    >(
      `SELECT sequence, to_char(known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known_at, actor_id, actor_name, verb,
              subject_kind, subject_id, reason, outcome, detail, previous_hash, hash
       FROM audit_entry WHERE district_code = $1 AND sequence >= $2 ORDER BY sequence LIMIT 2000`,
      [district, expected],
    );
    for (const row of page.rows) {
      const { sequence } = row;
      const link: AuditLink = {
        district,
        actorId: row.actor_id,
        actorName: row.actor_name,
        verb: row.verb,
        subjectKind: row.subject_kind,
        subjectId: row.subject_id,
        reason: row.reason,
        outcome: row.outcome,
        detail: row.detail,
      };
      const hash = linkHash(keys, link, sequence, row.known_at, previous);
      if (sequence !== expected || !row.previous_hash.equals(previous) || !row.hash.equals(hash)) {
        return { district, links: expected - 1, brokenAt: expected, head: previous.toString('hex') };
      }
      previous = row.hash;
      expected += 1;
    }
    if (page.rows.length < 2000)
      return { district, links: expected - 1, brokenAt: null, head: previous.toString('hex') };
  }
}
