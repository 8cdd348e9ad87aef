import type { Keys } from '#server/crypto/keys.ts';
import { openBytes, sealBytes, sealedVersion } from '#server/crypto/seal.ts';
import { tables } from '#server/database/manifest.ts';
import type { Platform } from '#server/http/context.ts';

/** Every sealed column of the schema, with the column that names the row where it is not `id`; remembered answers and files keep their version and stay readable. */
export const sealedColumns: readonly { table: string; column: string; key?: string }[] = [
  { table: 'staff', column: 'sealed_phone' },
  { table: 'account', column: 'sealed_totp' },
  { table: 'import_file', column: 'sealed_name' },
  { table: 'held_row', column: 'sealed_cells' },
  { table: 'child', column: 'sealed' },
  { table: 'child_change', column: 'sealed_before' },
  { table: 'child_change', column: 'sealed_after' },
  { table: 'survey', column: 'sealed_signature' },
  { table: 'register_entry', column: 'sealed' },
  { table: 'enrolment', column: 'sealed' },
  { table: 'key_list_entry', column: 'sealed' },
  { table: 'closed_list_entry', column: 'sealed' },
  { table: 'comparison_run', column: 'sealed_lists' },
  { table: 'finding', column: 'sealed_papers' },
  { table: 'paper', column: 'sealed' },
  { table: 'leave', column: 'sealed_reason' },
  { table: 'leave', column: 'sealed_verified' },
  { table: 'attendance_correction', column: 'sealed_words' },
  { table: 'attendance_correction', column: 'sealed_decision' },
  { table: 'first_day_entry', column: 'sealed_words' },
  { table: 'first_day_list', column: 'sealed' },
  { table: 'risk_sign', column: 'sealed_note' },
  { table: 'risk_sign', column: 'sealed_words' },
  { table: 'pupil_score', column: 'sealed' },
  { table: 'visit', column: 'sealed' },
  { table: 'visit_signature', column: 'sealed' },
  { table: 'issued_document', column: 'sealed' },
  { table: 'service_receipt', column: 'sealed' },
  { table: 'document_job', column: 'sealed' },
  { table: 'case_event', column: 'sealed' },
  { table: 'dropout_report', column: 'sealed' },
  { table: 'case_emergency', column: 'sealed' },
  { table: 'case_plan', column: 'sealed' },
  { table: 'case_finding', column: 'sealed' },
  { table: 'case_decision', column: 'sealed' },
  { table: 'case_decision', column: 'check_sealed' },
  { table: 'case_referral', column: 'sealed' },
  { table: 'case_referral', column: 'reply_sealed' },
  { table: 'case_follow_up', column: 'sealed' },
  { table: 'return_callback', column: 'sealed' },
  { table: 'registry_change', column: 'sealed' },
  { table: 'registry_change_event', column: 'sealed' },
  { table: 'attending_place', column: 'sealed' },
  { table: 'home_lesson', column: 'sealed' },
  { table: 'book_file', column: 'sealed' },
  { table: 'own_value', column: 'sealed' },
  { table: 'work_record', column: 'sealed' },
  { table: 'roll_summary', column: 'sealed' },
  { table: 'roll_filing', column: 'sealed' },
  { table: 'change_form', column: 'sealed' },
  { table: 'change_sheet', column: 'sealed_name' },
  { table: 'change_sheet_row', column: 'sealed' },
  { table: 'registry_check', column: 'sealed_name' },
  { table: 'registry_difference', column: 'sealed' },
  { table: 'registry_difference', column: 'sealed_note' },
  { table: 'access_request', column: 'sealed' },
  { table: 'period_report_version', column: 'sealed' },
  { table: 'period_report_event', column: 'sealed' },
  { table: 'message_address', column: 'sealed_email', key: 'staff_id' },
  { table: 'message_channel', column: 'sealed' },
  { table: 'message_preference', column: 'sealed_robot', key: 'staff_id' },
];

/** Seals every stored value of an older key version again, in batches of their own transactions; can be stopped and run again. Returns how many. */
export async function resealAll(platform: Platform, keys: Keys): Promise<number> {
  let count = 0;
  const pool = platform.database.ownerPool;
  for (const { table, column, key = 'id' } of sealedColumns.filter((one) =>
    tables.some((known) => known.name === one.table),
  )) {
    let after: { district: string; id: string } = { district: '', id: '00000000-0000-0000-0000-000000000000' };
    for (;;) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('SET LOCAL ROLE baoxue_loader');
        const page = await client.query<{ district_code: string; id: string; value: Buffer }>(
          `SELECT district_code, ${key} AS id, ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL AND (district_code, ${key}) > ($1, $2::uuid) ORDER BY district_code, ${key} LIMIT 500`,
          [after.district, after.id],
        );
        await client.query('RESET ROLE');
        await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
        for (const row of page.rows) {
          after = { district: row.district_code, id: row.id };
          if (sealedVersion(row.value) === keys.dataVersion) continue;
          const place = { table, column, district: row.district_code, id: row.id };
          await client.query(`UPDATE ${table} SET ${column} = $3 WHERE district_code = $1 AND ${key} = $2`, [
            row.district_code,
            row.id,
            sealBytes(keys, place, openBytes(keys, place, row.value)),
          ]);
          count += 1;
        }
        await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
        await client.query('COMMIT');
        if (page.rows.length < 500) break;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    }
  }
  return count;
}
