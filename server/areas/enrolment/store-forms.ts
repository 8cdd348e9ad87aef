import type { ChangeState } from '#domain/enrolment/changes-record.ts';
import type { Client } from './store-course.ts';

/** A form as it was first printed. */
export interface FormRow {
  id: string;
  storedName: string;
  fingerprint: Buffer;
  sealed: Buffer;
}

/** The form of a change in a state, null where it was not printed yet. */
export async function findForm(
  client: Client,
  district: string,
  changeId: string,
  state: ChangeState,
): Promise<FormRow | null> {
  const found = await client.query<FormRow>({
    name: 'change-form',
    values: [district, changeId, state],
    text: `SELECT f.id, f.stored_name AS "storedName", f.fingerprint, f.sealed FROM change_form f WHERE f.district_code = $1 AND f.change_id = $2 AND f.state = $3`,
  });
  return found.rows[0] ?? null;
}

/** Keeps a form as it was printed; two at once keep the first. */
export async function insertForm(
  client: Client,
  district: string,
  row: FormRow & {
    changeId: string;
    childId: string;
    state: ChangeState;
    bytes: number;
    pages: number;
    at: Date;
    byId: string;
    byName: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'change-form-insert',
    values: [district, row.id, row.changeId, row.childId, row.state, row.storedName, row.fingerprint, row.bytes, row.pages, row.sealed, row.at, row.byId, row.byName, row.reach], // prettier-ignore
    text: `INSERT INTO change_form (district_code, id, change_id, child_id, state, stored_name, fingerprint, bytes, pages, sealed, at, by_id, by_name, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text[]) ON CONFLICT ON CONSTRAINT change_form_once_uq DO NOTHING`,
  });
}

/** The name of the district's bureau. */
export async function bureauName(client: Client, district: string): Promise<string> {
  const found = await client.query<{ name: string }>({
    name: 'change-form-bureau',
    values: [district],
    text: `SELECT d.name FROM district d WHERE d.district_code = $1`,
  });
  return found.rows[0]?.name ?? '';
}
