import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';
import type { Party, SignatureMeans } from '#domain/visits/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** How a party signed a version, as stored. */
export interface SignatureRow {
  id: string;
  first_id: string;
  version: number;
  party: Party;
  means: SignatureMeans;
  content_print: Buffer;
  sealed: Buffer;
  paper_ids: string[];
  by_name: string;
  known_at: Date;
}

/** What says which version of a visit a party signed. */
export type SignatureMark = Pick<SignatureRow, 'first_id' | 'version' | 'party' | 'content_print'>;

/** Which versions of visits were signed by whom, now or then, in order of version and time; what is sealed of the signatures stays where it is. */
export async function signatureMarksOf(
  client: Client,
  district: string,
  firstIds: readonly string[],
  then: Then | null,
): Promise<SignatureMark[]> {
  if (firstIds.length === 0) return [];
  const where = filters(district, firstIds);
  const given = then === null ? '' : ` AND g.known_at <= ${pastOf(where, then).moment()}`;
  const found = await client.query<SignatureMark>({
    name: then === null ? 'visits-signature-marks' : 'visits-signature-marks-then',
    values: where.values,
    text: `SELECT v.first_id, v.version, g.party, g.content_print FROM visit_signature g JOIN visit v ON v.district_code = $1 AND v.id = g.visit_id
           WHERE g.district_code = $1 AND v.first_id = ANY($2::uuid[])${given} ORDER BY v.version, g.known_at, g.id`,
  });
  return found.rows;
}

/** The signatures of visits and all their versions, in order of version and time. */
export async function signaturesOf(
  client: Client,
  district: string,
  firstIds: readonly string[],
): Promise<SignatureRow[]> {
  if (firstIds.length === 0) return [];
  const found = await client.query<SignatureRow>({
    name: 'visits-signatures',
    values: [district, firstIds],
    text: `SELECT g.id, v.first_id, v.version, g.party, g.means, g.content_print, g.sealed, g.paper_ids, g.by_name, g.known_at FROM visit_signature g JOIN visit v ON v.district_code = $1 AND v.id = g.visit_id
           WHERE g.district_code = $1 AND v.first_id = ANY($2::uuid[]) ORDER BY v.version, g.known_at, g.id`,
  });
  return found.rows;
}

/** Adds a signature; one of the same party and means under the same version stays as it was. */
export async function insertSignature(
  client: Client,
  district: string,
  signature: {
    id: string;
    visitId: string;
    childId: string;
    party: Party;
    means: SignatureMeans;
    print: Buffer;
    sealed: Buffer;
    paperIds: readonly string[];
    byId: string;
    byName: string;
    knownAt: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'visits-sign',
    values: [
      district,
      signature.id,
      signature.visitId,
      signature.childId,
      signature.party,
      signature.means,
      signature.print,
      signature.sealed,
      signature.paperIds,
      signature.byId,
      signature.byName,
      signature.knownAt,
      signature.reach,
    ],
    text: `INSERT INTO visit_signature (district_code, id, visit_id, child_id, party, means, content_print, sealed, paper_ids, by_id, by_name, known_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10, $11, $12::timestamptz, $13::text[]) ON CONFLICT ON CONSTRAINT visit_signature_party_uq DO NOTHING`,
  });
}
