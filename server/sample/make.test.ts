import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { roles } from '#domain/basics/roles.ts';
import { checkCharacter, maskNumber } from './invented.ts';
import { makeDistrict } from './make-district.ts';
import { makeSampleFiles } from './make.ts';
import type { DistrictTruth } from './planted.ts';
import { ROSTER_HEADERS } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'sample-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The lines of a file as plain text, first sheet only. */
function linesOf(path: string): string[][] {
  const bytes = readFileSync(path);
  if (!path.endsWith('.csv')) {
    const book = read(bytes);
    return utils
      .sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, { header: 1, defval: '', raw: true })
      .map((line) => line.map(String));
  }
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('\uFFFD') ? iconv.decode(bytes, 'gb18030') : utf8.replace(/^\uFEFF/u, '');
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

/** The rows of a file by column name, title and total lines left out, texts brought to one form. */
function rowsOf(path: string): Map<string, string>[] {
  const plain = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '');
  const lines = linesOf(path).map((line) => line.map(plain));
  const head = lines.findIndex((line) => line.filter((text) => text !== '').length >= 4);
  const headers = lines[head] ?? [];
  return lines
    .slice(head + 1)
    .filter((line) => !/^(?:合计|总计)$/u.test(line[0] ?? ''))
    .map((line) => new Map(headers.map((header, at) => [header, line[at] ?? ''])));
}

const numberOf = (row: Map<string, string>): string =>
  (row.get('证件号码') ?? row.get('身份证件号') ?? '').toUpperCase();
const faceOf = (row: Map<string, string>): string => `${row.get('姓名') ?? ''} ${maskNumber(numberOf(row))}`;

/** Recounts what a truth says from the bare rows of the files, by the numbers alone. */
function checkTruth(truth: DistrictTruth, files: { register: string[]; rosters: string[]; presence: string[] }): void {
  const register = files.register.flatMap(rowsOf);
  const roster = files.rosters.flatMap(rowsOf);
  const presence = files.presence.flatMap(rowsOf);
  expect([register.length, roster.length, presence.length]).toEqual([
    truth.register.rows,
    truth.roster.rows,
    truth.presence.rows,
  ]);
  const { findings } = truth;
  const has = (rows: Map<string, string>[], entry: { name: string; id: string }): number =>
    rows.filter((row) => faceOf(row) === `${entry.name} ${entry.id}`).length;
  for (const entry of [
    ...findings.notEnrolled,
    ...findings.enrolledElsewhere,
    ...findings.deferred,
    ...findings.notSchoolAge,
  ]) {
    expect([entry, has(register, entry), has(roster, entry)]).toEqual([entry, 1, 0]);
  }
  for (const entry of findings.notInRegister)
    expect([entry, has(register, entry), has(roster, entry)]).toEqual([entry, 0, 1]);
  for (const entry of findings.doubleEnrolled)
    expect([entry, has(register, entry), has(roster, entry)]).toEqual([entry, 1, 2]);
  for (const entry of findings.registerDuplicate)
    expect([entry, has(register, entry), has(roster, entry)]).toEqual([entry, 2, 1]);
  for (const entry of [...findings.identityReview, ...findings.otherProposals]) {
    const onRoster = { name: entry.rosterName ?? entry.name, id: entry.rosterId ?? entry.id };
    expect([entry, has(register, entry), has(roster, onRoster)]).toEqual([entry, 1, 1]);
  }
  const broken = (row: Map<string, string>): boolean =>
    /^\d{17}[\dX]$/u.test(numberOf(row)) && checkCharacter(numberOf(row).slice(0, 17)) !== numberOf(row).charAt(17);
  expect(register.filter(broken)).toHaveLength(truth.register.codes['id-check-digit'] ?? 0);
  const misread = findings.identityReview.filter((entry) => entry.rosterName === undefined).length;
  expect(roster.filter(broken)).toHaveLength((truth.roster.codes['id-check-digit'] ?? 0) + misread);
  expect(register.filter((row) => row.get('姓名') === '')).toHaveLength(truth.register.codes['name-missing'] ?? 0);
  const away = presence.filter((row) => row.get('是否到校') === '否' && !/假$/u.test(row.get('缺勤原因') ?? ''));
  expect(away.length).toBe(findings.onRollAbsent.length + (findings.doubleEnrolled.length > 0 ? 1 : 0));
  const { denominator, enrolledOnRoster, statedElsewhere } = truth.enrolmentRate;
  expect(denominator).toBe(enrolledOnRoster + statedElsewhere + findings.notEnrolled.length);
}

test('the sample files hold exactly what is planted, in the national template', async () => {
  const started = performance.now();
  const made = await makeSampleFiles(join(folder, 'sample'));
  expect(performance.now() - started).toBeLessThan(6000);
  checkTruth(made.expected, made.files);
  expect(ROSTER_HEADERS).toHaveLength(72);
  expect(linesOf(made.files.rosters[0] ?? '')[0]).toEqual(ROSTER_HEADERS);
  expect(made.schools).toHaveLength(6);
  expect(made.expected.register.rows).toBeGreaterThan(1350);
  for (const keylist of made.files.keylists) expect(rowsOf(keylist.path)).toHaveLength(keylist.rows);
});

test('the sample has one or more people of every role, one of each shown, every class with its teacher', async () => {
  const { staff, classes } = await makeSampleFiles(join(folder, 'staff'));
  for (const role of roles) expect(staff.filter((person) => person.role === role && person.shown)).toHaveLength(1);
  expect(new Set(staff.map((person) => person.login)).size).toBe(staff.length);
  expect(staff.filter((person) => person.role === 'classTeacher').map((person) => person.unit)).toEqual(
    classes.map((each) => `${each.schoolCode}-${each.classCode}`),
  );
});

test('the same seed makes the same sample', async () => {
  const one = await makeSampleFiles(join(folder, 'one'));
  const other = await makeSampleFiles(join(folder, 'other'));
  expect(other.expected).toEqual(one.expected);
  expect(other.staff).toEqual(one.staff);
  for (const [at, path] of [...one.files.register, ...one.files.rosters, ...one.files.presence].entries()) {
    const twin = [...other.files.register, ...other.files.rosters, ...other.files.presence][at] ?? '';
    expect(linesOf(twin)).toEqual(linesOf(path));
  }
});

test.each([
  { seed: 1, children: 900, schools: 4 },
  { seed: 2, children: 700, schools: 1, asOf: '2027-03-12' },
  { seed: 3, children: 1200, schools: 7, districtCode: '510104' },
  { seed: 4, children: 600, schools: 3, errors: { notEnrolled: 0, misreadNumber: 20, twins: 15, otherNumber: 9 } },
])('district $seed, made in other forms, holds exactly what its truth says', async (wish) => {
  const made = await makeDistrict({ ...wish, directory: join(folder, `district-${String(wish.seed)}`) });
  checkTruth(made.truth, made.files);
  const again = await makeDistrict({ ...wish, directory: join(folder, `again-${String(wish.seed)}`) });
  expect(again.truth).toEqual(made.truth);
});
