import type pg from 'pg';
import type { RiskLevel, SignKind, SignState } from '#domain/risk/record.ts';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A sign as stored. */
export interface SignRow {
  id: string;
  child_id: string;
  kind: SignKind;
  strength: number;
  words: string;
  facts: string;
  since: string;
  state: SignState;
  acted_at: Date | null;
  acted_words: string | null;
  dismissed_facts: string | null;
  dismissed_name: string | null;
  dismissed_at: Date | null;
  sealed_note: Buffer | null;
  /** The reason with what only the own school and class may see. */
  sealed_words: Buffer | null;
}

const columns =
  'id, child_id, kind, strength, words, facts, since, state, acted_at, acted_words, dismissed_facts, dismissed_name, dismissed_at, sealed_note, sealed_words';

/** The signs of children, whatever their state; null for all of the district within reach. */
export async function readSigns(
  client: Client,
  district: string,
  childIds: readonly string[] | null,
): Promise<SignRow[]> {
  const found = await client.query<SignRow>({
    name: childIds === null ? 'risk-signs-all' : 'risk-signs',
    values: childIds === null ? [district] : [district, childIds],
    text: `SELECT ${columns} FROM risk_sign WHERE district_code = $1${childIds === null ? '' : ' AND child_id = ANY($2::uuid[])'}`,
  });
  return found.rows;
}

/** A sign to be kept. */
export interface KeptSign {
  id: string;
  childId: string;
  kind: SignKind;
  strength: number;
  words: string;
  facts: string;
  since: string;
  state: SignState;
  /** Begins anew: nobody has acted on it yet. */
  fresh: boolean;
  sealedWords: Buffer | null;
  reach: readonly string[];
}

/** Keeps signs, in statements of 1,000. */
export async function saveSigns(client: Client, district: string, at: Date, list: readonly KeptSign[]): Promise<void> {
  for (let from = 0; from < list.length; from += 1000) {
    const values: unknown[] = [district, at];
    const put = (value: unknown) => `$${String(values.push(value))}`;
    const lines = list
      .slice(from, from + 1000)
      .map(
        (row) =>
          `($1, ${put(row.id)}, ${put(row.childId)}, ${put(row.kind)}, ${put(row.strength)}, ${put(row.words)}, ${put(row.facts)}, ${put(row.since)}::date, ${put(row.state)}, $2::timestamptz, ${put(row.sealedWords)}::bytea, ${put(row.reach)}::text[])`,
      );
    await client.query({
      text: `INSERT INTO risk_sign (district_code, id, child_id, kind, strength, words, facts, since, state, changed_at, sealed_words, reach) VALUES ${lines.join(', ')}
             ON CONFLICT ON CONSTRAINT risk_sign_kind_uq DO UPDATE SET strength = excluded.strength, words = excluded.words, facts = excluded.facts, since = excluded.since, state = excluded.state, changed_at = excluded.changed_at, sealed_words = excluded.sealed_words`,
      values,
    });
    const fresh = list.slice(from, from + 1000).filter((row) => row.fresh);
    if (fresh.length > 0)
      await client.query({
        text: `UPDATE risk_sign SET acted_at = NULL, acted_words = NULL WHERE district_code = $1 AND id = ANY($2::uuid[])`,
        values: [district, fresh.map((row) => row.id)],
      });
  }
}

/** Notes that somebody acted on a child with open signs. */
export async function markActed(
  client: Client,
  district: string,
  childId: string,
  words: string,
  at: Date,
): Promise<void> {
  await client.query({
    name: 'risk-acted',
    values: [district, childId, words, at],
    text: `UPDATE risk_sign SET acted_at = $4, acted_words = $3 WHERE district_code = $1 AND child_id = $2 AND state = 'open'`,
  });
}

/** A sign within reach, locked; null otherwise. */
export async function lockSign(client: Client, district: string, id: string): Promise<SignRow | null> {
  const found = await client.query<SignRow>({
    name: 'risk-sign-lock',
    values: [district, id],
    text: `SELECT ${columns} FROM risk_sign WHERE district_code = $1 AND id = $2 FOR UPDATE`,
  });
  return found.rows[0] ?? null;
}

/** Dismisses a sign with a sealed note, as long as its facts hold. */
export async function dismissRow(
  client: Client,
  district: string,
  id: string,
  by: { id: string; name: string; at: Date; sealedNote: Buffer },
): Promise<void> {
  await client.query({
    name: 'risk-dismiss',
    values: [district, id, by.id, by.name, by.at, by.sealedNote],
    text: `UPDATE risk_sign SET state = 'dismissed', dismissed_facts = facts, dismissed_by = $3, dismissed_name = $4, dismissed_at = $5, sealed_note = $6, changed_at = $5 WHERE district_code = $1 AND id = $2`,
  });
}

/** A child with open signs. */
export interface RiskChild {
  child_id: string;
  since: string;
  acted: boolean;
}

const levelConditions: Record<RiskLevel, string> = {
  urgent: `max(r.strength) >= 3 OR count(*) FILTER (WHERE r.strength >= 2) >= 2`,
  concern: `max(r.strength) = 2 AND count(*) FILTER (WHERE r.strength >= 2) = 1`,
  watch: `max(r.strength) = 1`,
};

/** A page of children with open signs, those that call for the most first. */
export async function pageRiskChildren(
  client: Client,
  district: string,
  asked: {
    level?: RiskLevel | undefined;
    kind?: SignKind | undefined;
    token: string | null;
    unacted: boolean;
    size: number;
    offset: number;
  },
): Promise<{ rows: RiskChild[]; total: number }> {
  const where = filters(district);
  if (asked.token !== null) where.and(`${where.value(asked.token)} = ANY(r.reach)`);
  const having: string[] = [];
  if (asked.level) having.push(`(${levelConditions[asked.level]})`);
  if (asked.kind) having.push(`count(*) FILTER (WHERE r.kind = ${where.value(asked.kind)}) > 0`);
  if (asked.unacted) having.push(`count(*) FILTER (WHERE r.strength >= 2 AND r.acted_at IS NULL) > 0`);
  const grouped = `FROM risk_sign r WHERE r.district_code = $1 AND r.state = 'open'${where.where()} GROUP BY r.child_id${having.length === 0 ? '' : ` HAVING ${having.join(' AND ')}`}`;
  const total = await client.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM (SELECT r.child_id ${grouped}) x`,
    values: [...where.values],
  });
  const rows = await client.query<RiskChild>({
    text: `SELECT r.child_id, min(r.since) AS since, count(*) FILTER (WHERE r.acted_at IS NOT NULL) > 0 AS acted ${grouped}
           ORDER BY max(r.strength) DESC, count(*) FILTER (WHERE r.strength >= 2) DESC, min(r.since), r.child_id LIMIT ${where.value(asked.size)} OFFSET ${where.value(asked.offset)}`,
    values: where.values,
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}
