import { registerColumns } from '#domain/population/columns.ts';
import { rosterColumns } from '#domain/enrolment/columns.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { importNow } from '#server/areas/imports/actions.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor } from '#server/http/run.ts';
import { type GeneratedChild } from './match-data.ts';
import { registerRow, rosterRow } from './match-rows.ts';

function csv(
  columns: readonly { key: string; label: string }[],
  rows: readonly Readonly<Record<string, string | undefined>>[],
): Buffer {
  const used = columns.filter((column) => rows.some((row) => (row[column.key] ?? '') !== ''));
  const line = (cells: readonly string[]) =>
    cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
  return Buffer.from(
    [
      line(used.map((column) => column.label)),
      ...rows.map((row) => line(used.map((column) => row[column.key] ?? ''))),
    ].join('\n'),
  );
}

/** Hands the schools, the register and the roster of a made-up district in, as of a day. */
export async function loadLists(
  platform: Platform,
  district: string,
  register: readonly GeneratedChild[],
  roster: readonly GeneratedChild[],
  rowOf: (child: GeneratedChild) => RawRow = rosterRow,
  asOf = '2026-11-20',
): Promise<void> {
  const actor = platformActor(district);
  const schools = [...new Map([...register, ...roster].map((child) => [child.schoolCode, child.schoolName]))];
  const list = `学校标识码,学校名称,学段\n${schools.map(([code, name]) => `${code},${name},${code.startsWith('3') ? '初中' : '小学'}`).join('\n')}\n`;
  await importNow(platform, actor, { kind: 'schools', fileName: 's.csv', asOf, dryRun: false }, Buffer.from(list));
  if (register.length > 0)
    await importNow(
      platform,
      actor,
      { kind: 'register', fileName: 'r.csv', asOf, dryRun: false },
      csv(registerColumns, register.map(registerRow)),
    );
  if (roster.length > 0)
    await importNow(
      platform,
      actor,
      { kind: 'roster', fileName: 'p.csv', asOf, dryRun: false },
      csv(rosterColumns, roster.map(rowOf)),
    );
}
