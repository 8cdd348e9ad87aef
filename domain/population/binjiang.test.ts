import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { read, utils } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { isTotalRow, type ColumnSpec, type RawRow } from '#domain/basics/list-row.ts';
import { defaultAges } from '#domain/basics/school-year.ts';
import { presenceColumns, rosterColumns, schoolColumns } from '#domain/enrolment/columns.ts';
import {
  checkPresenceRow,
  checkRosterRow,
  checkSchoolRow,
  type SchoolListContext,
} from '#domain/enrolment/row-checks.ts';
import { registerColumns } from './columns.ts';
import { linkLists, type RosterPerson } from './link.ts';
import type { MatchPerson } from './match-person.ts';
import { reportOf, type ReconciliationReport } from './reconcile-report.ts';
import { reconcile, type PresenceMark, type RegisterChild, type RosterEntry } from './reconcile.ts';
import { checkRegisterRow } from './row-checks.ts';

const folder = fileURLToPath(new URL('../../server/testing/samples/binjiang/', import.meta.url));
const files = readdirSync(folder);
const expected = JSON.parse(readFileSync(folder + 'expected.json', 'utf8')) as ReconciliationReport & {
  register: { rows: number; held: number };
};

function text(cell: unknown): string {
  return typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : '';
}

function rowsOf(file: string, columns: readonly ColumnSpec[]): RawRow[] {
  const bytes = readFileSync(folder + file);
  const book = file.endsWith('.csv') ? read(decode(bytes), { type: 'string', raw: true }) : read(bytes);
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (sheet === undefined) return [];
  const grid = utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' });
  const names = columns.map((column) => [column.key, [column.label, ...column.aliases]] as const);
  const head = grid.findIndex((row) => columns.filter((column) => row.includes(column.label)).length >= 3);
  const keys = (grid[head] ?? []).map((cell) => names.find(([, labels]) => labels.includes(text(cell)))?.[0] ?? '');
  return grid
    .slice(head + 1)
    .map((row) => Object.fromEntries(keys.map((key, i) => [key, text(row[i])])))
    .filter((row) => !isTotalRow(row));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function turned<T>(items: T[], reversed: boolean): T[] {
  return reversed ? [...items].reverse() : items;
}

/** Reads the sample through the checks, links and compares it, with the files (and rows, if asked) in either order. */
function run(
  asOf: string,
  reversed: boolean,
): {
  report: ReconciliationReport;
  held: string[];
  rosterHeld: number;
  rows: number;
  repeats: number;
  rosterRows: number;
} {
  const schools = new Map<string, string>();
  for (const raw of rowsOf('学校名录.csv', schoolColumns)) {
    const { value, held } = checkSchoolRow(raw);
    expect(held).toBeNull();
    schools.set(value.code, value.code).set(value.name, value.code);
  }
  const context: SchoolListContext = {
    asOf,
    findSchool: (code, name) => schools.get(code) ?? schools.get(name) ?? null,
  };
  const held: string[] = [];
  const children = new Map<string, RegisterChild>();
  const register: MatchPerson[] = [];
  const registerRows = turned(rowsOf('适龄儿童少年信息档案.xlsx', registerColumns), reversed);
  registerRows.forEach((raw, i) => {
    const check = checkRegisterRow(raw, { asOf });
    if (check.held !== null) {
      held.push(check.held.code);
      return;
    }
    const id = `register-${String(i)}`;
    const { value } = check;
    register.push({ ...value, id, phoneIndex: value.phone, addressKey: value.address, schoolName: value.statedSchool });
    children.set(id, { childId: id, ...value });
  });
  const roster: RosterPerson[] = [];
  const entries = new Map<string, RosterEntry>();
  let rosterRows = 0;
  for (const file of turned(
    files.filter((name) => name.startsWith('学籍_')),
    reversed,
  )) {
    for (const raw of rowsOf(file, rosterColumns)) {
      rosterRows++;
      const { value, held: rosterHeld, warnings } = checkRosterRow(raw, context);
      expect([rosterHeld, warnings]).toEqual([null, []]);
      const id = `roster-${String(rosterRows)}`;
      roster.push({ ...value, id, phoneIndex: value.phone, addressKey: value.address });
      entries.set(id, { ...value, childId: id, schoolId: value.schoolCode });
    }
  }
  const linked = linkLists(register, roster);
  const marks: PresenceMark[] = [];
  const byRegistry = new Map(roster.map((row) => [row.registryNo, row.id]));
  for (const raw of rowsOf('到校情况_2026-11-20.xlsx', presenceColumns)) {
    const check = checkPresenceRow(raw, context);
    expect(check.held).toBeNull();
    const childId = linked.rosterChild.get(byRegistry.get(check.value.registryNo) ?? '');
    if (childId !== undefined) marks.push({ childId, present: check.value.present, leave: check.value.leave });
  }
  const result = reconcile({
    asOf,
    ages: defaultAges,
    register: turned(
      [...children.values()].filter((child) => linked.registerChild.get(child.childId) === child.childId),
      reversed,
    ),
    roster: [...linked.rosterChild].flatMap(([rowId, childId]) => {
      const entry = entries.get(rowId);
      return entry === undefined ? [] : [{ ...entry, childId }];
    }),
    presence: turned(marks, reversed),
    proposals: linked.proposals.map((pair) => ({
      registerChildId: pair.leftId,
      rosterChildId: pair.rightId,
      kind: pair.kind,
    })),
    repeatedChildIds: linked.repeats.map((rowId) => linked.registerChild.get(rowId) ?? ''),
  });
  return {
    report: reportOf(result),
    held: held.sort(),
    rosterHeld: linked.heldSuspects.length,
    rows: registerRows.length,
    repeats: linked.repeats.length,
    rosterRows,
  };
}

function sorted(children: readonly object[]): string[] {
  return children.map((child) => JSON.stringify(child, ['name', 'id', 'rosterId', 'rosterName'])).sort();
}

describe('the sample district 滨江, from its files to its findings (issue 2, proof on the sample)', () => {
  for (const asOf of ['2026-11-20', '2027-03-12']) {
    for (const reversed of [false, true]) {
      it(`gives expected.json as of ${asOf}${reversed ? ' with files and rows in reverse order' : ''}`, () => {
        const { report, held, rows, repeats, rosterRows, rosterHeld } = run(asOf, reversed);
        expect(rows).toBe(expected.register.rows);
        expect(held).toEqual([
          'birth-id-mismatch',
          'birth-unreadable',
          'id-check-digit',
          'name-missing',
          'sex-id-mismatch',
        ]);
        expect([repeats, rosterRows, rosterHeld]).toEqual([4, 845, 0]);
        expect(report.schoolAge).toEqual(expected.schoolAge);
        expect(report.enrolmentRate).toEqual(expected.enrolmentRate);
        for (const kind of Object.keys(expected.findings) as (keyof typeof expected.findings)[]) {
          expect([kind, ...sorted(report.findings[kind])]).toEqual([kind, ...sorted(expected.findings[kind])]);
        }
        expect([report.findings.otherProposals, report.excused, report.aidListed, report.provenElsewhere]).toEqual([
          [],
          [],
          [],
          [],
        ]);
      });
    }
  }
});
