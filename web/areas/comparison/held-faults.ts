import type { HeldCode } from '#domain/basics/list-row.ts';

const faultKeys: Record<HeldCode, readonly string[]> = {
  'name-missing': ['name'],
  'birth-unreadable': ['birth'],
  'number-masked': ['documentNumber', 'registryNo'],
  'id-check-digit': ['documentNumber'],
  'birth-id-mismatch': ['birth', 'documentNumber'],
  'sex-id-mismatch': ['sex', 'documentNumber'],
  'document-missing': ['documentType', 'documentNumber'],
  'document-conflict': ['name', 'documentNumber'],
  'sex-unreadable': ['sex'],
  'registry-malformed': ['registryNo'],
  'school-missing': ['schoolCode', 'schoolName'],
  'school-unknown': ['schoolCode', 'schoolName'],
  'school-code-malformed': ['code', 'schoolCode'],
  'child-unknown': ['name', 'documentNumber', 'registryNo'],
};

/** The columns to look at for a reason for which a row is held; none for a reason of another version. */
export function faultyKeys(code: string): readonly string[] {
  return Object.hasOwn(faultKeys, code) ? faultKeys[code as HeldCode] /* as: just found among the keys */ : [];
}

/** What was changed in a form against the cells as they stood; an empty masked field means: leave it. */
export function changesOf(
  cells: readonly { key: string; value: string; masked: boolean }[],
  typed: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const cell of cells) {
    const now = typed[cell.key];
    if (now === undefined) continue;
    const text = now.trim();
    if (cell.masked ? text !== '' : text !== cell.value) changes[cell.key] = text;
  }
  return changes;
}
