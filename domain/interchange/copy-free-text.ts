/** Text columns in which people write, or which name somebody or something: every other text column that is handed out holds codes. */
export const freeText: ReadonlySet<string> = new Set([
  'address',
  'contact',
  'evidence',
  'guardian',
  'household_no',
  'reason',
  'purpose',
  'surveyor',
  'value',
  'scheme',
  'formula',
  'class_no',
  'people',
  'end_reason',
  'late_reason',
  'settled_reason',
  'void_reason',
  'stated_school',
  'ethnicity',
  'child_change.what',
  'absence_standing.rule',
  'dropout_report.rule',
  'duty.why',
  'school.code',
]);

/** Whether people write what stands in a column, by its name or, where the table matters, by both. */
export function isFreeText(table: string, column: string): boolean {
  return /(^|_)(name|words|note)$/.test(column) || freeText.has(column) || freeText.has(`${table}.${column}`);
}
