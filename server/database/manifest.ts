/**
 * district: has district_code first in its keys and row-level security; reference: the same everywhere, never points at a district table;
 * local: of this installation, without foreign keys. `backup` says whether `baoxue backup` takes it.
 */
export type TableEntry = { name: string; kind: 'district' | 'reference' | 'local'; backup: boolean };

/** Every table of the platform, parents first, named as `regclass` prints it; a test compares it with the migrated database. Tables of libraries are not listed. */
export const tables: TableEntry[] = [
  { name: 'platform.migration', kind: 'local', backup: false },
  { name: 'district', kind: 'reference', backup: true },
  { name: 'staff', kind: 'district', backup: true },
  { name: 'post', kind: 'district', backup: true },
  { name: 'account', kind: 'district', backup: true },
  { name: 'audit_entry', kind: 'district', backup: true },
  { name: 'remembered_answer', kind: 'district', backup: false },
  { name: 'approval', kind: 'district', backup: true },
  { name: 'setting', kind: 'district', backup: true },
  { name: 'place', kind: 'district', backup: true },
  { name: 'school', kind: 'district', backup: true },
  { name: 'school_class', kind: 'district', backup: true },
  { name: 'catchment', kind: 'district', backup: true },
  { name: 'import_file', kind: 'district', backup: true },
  { name: 'import_row', kind: 'district', backup: false },
  { name: 'held_row', kind: 'district', backup: true },
  { name: 'child', kind: 'district', backup: true },
  { name: 'child_change', kind: 'district', backup: true },
  { name: 'household', kind: 'district', backup: true },
  { name: 'survey', kind: 'district', backup: true },
  { name: 'register_entry', kind: 'district', backup: true },
  { name: 'register_repeat', kind: 'district', backup: true },
  { name: 'enrolment', kind: 'district', backup: true },
  { name: 'enrolment_claim', kind: 'district', backup: true },
  { name: 'presence', kind: 'district', backup: true },
  { name: 'key_list_entry', kind: 'district', backup: true },
  { name: 'closed_list_entry', kind: 'district', backup: true },
  { name: 'standing', kind: 'district', backup: true },
  { name: 'proposal', kind: 'district', backup: true },
  { name: 'merge', kind: 'district', backup: true },
  { name: 'comparison_run', kind: 'district', backup: true },
  { name: 'finding', kind: 'district', backup: true },
  { name: 'finding_event', kind: 'district', backup: true },
  { name: 'login_name', kind: 'local', backup: true },
  { name: 'session', kind: 'local', backup: false },
  { name: 'api_token', kind: 'local', backup: true },
];
