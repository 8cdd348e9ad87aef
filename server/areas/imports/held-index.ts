import { correctsRow, mayCorrect, withKeptNumbers } from '#domain/basics/correction.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { normalizeName } from '#domain/basics/text.ts';
import type { Keys } from '#server/crypto/keys.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { ListKind } from './read-rows.ts';

/** A row held before, as it lies in the database. */
export interface KnownHeld {
  id: string;
  state: 'held' | 'accepted' | 'discarded';
  school_id: string | null;
  sealed_cells: Buffer;
}

/** A row held before that a row of a sheet names by its id, with its cells. */
export interface NamedHeld {
  id: string;
  state: KnownHeld['state'];
  schoolId: string | null;
  raw: RawRow;
}

/** The rows held before, against which the rows of a file are read. */
export interface HeldIndex {
  /** The held row of an id, once: a second row of the file with the same id has none. Null when it speaks of another row. */
  take(id: string | null, raw: RawRow): NamedHeld | null;
  /** The only waiting row that this row surely corrects, or null. */
  correctedBy(raw: RawRow, schoolId: string | null): string | null;
}

/** The row with the numbers that came masked put back from the row it names. */
export function restored(named: NamedHeld | null, raw: RawRow): RawRow {
  return named === null ? raw : withKeptNumbers(named.raw, raw);
}

/** Whether two rows say the same in every cell that either has. */
export function sameCells(before: RawRow, after: RawRow): boolean {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every(
    (key) => (before[key] ?? '').trim() === (after[key] ?? '').trim(),
  );
}

/** Opens the cells of rows held before and lets them be found by id, name and number. */
export function makeHeldIndex(keys: Keys, district: string, kind: ListKind, known: readonly KnownHeld[]): HeldIndex {
  const opened = (row: KnownHeld): NamedHeld => ({
    id: row.id,
    state: row.state,
    schoolId: row.school_id,
    // as: sealed by sealCells from a RawRow
    raw: openJson(
      keys,
      { table: 'held_row', column: 'sealed_cells', district, id: row.id },
      row.sealed_cells,
    ) as RawRow,
  });
  const byId = new Map(known.map((row) => [row.id, row]));
  const byName = new Map<string, NamedHeld[]>();
  for (const row of known) {
    if (row.state !== 'held') continue;
    const one = opened(row);
    const name = normalizeName(one.raw['name'] ?? '');
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  const nameless = byName.get('') ?? [];
  return {
    take: (id, raw) => {
      const row = id === null ? undefined : byId.get(id);
      if (!row) return null;
      byId.delete(row.id);
      const one = opened(row);
      return kind === 'schools' || mayCorrect(one.raw, raw) ? one : null;
    },
    correctedBy: (raw, schoolId) => {
      if (byName.size === 0) return null;
      const found = [...(byName.get(normalizeName(raw['name'] ?? '')) ?? []), ...nameless].filter(
        (one, at, all) =>
          all.indexOf(one) === at &&
          (one.schoolId === null || schoolId === null || one.schoolId === schoolId) &&
          (kind === 'schools' ? one.raw['name'] !== undefined : correctsRow(one.raw, raw)),
      );
      return found.length === 1 ? (found[0]?.id ?? null) : null;
    },
  };
}
