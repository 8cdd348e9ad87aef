import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tables } from './manifest.ts';
import { readStatements, withoutDistrict } from './statements.ts';

const district = tables.filter(({ kind }) => kind === 'district').map(({ name }) => name);

/** Statements whose text cannot be read here, each with its reason; they are found by file and beginning. */
const excused = [
  // The columns are one list for both, and its first is district_code (staged-row.ts).
  { file: 'imports/store-staged.ts', text: 'INSERT INTO import_row (?)' },
  { file: 'imports/store-staged.ts', text: 'COPY import_row (?)' },
];

test('PLT-05 every statement of the areas names the district at each table of a district', () => {
  const read = readStatements(path.resolve(import.meta.dirname, '../areas'), district);
  const offenders = read
    .map((statement) => ({ ...statement, missing: withoutDistrict(statement.text, district) }))
    .filter(({ missing }) => missing.length > 0);
  const isExcused = (one: { place: string; text: string }) =>
    excused.some(({ file, text }) => one.place.startsWith(`${file}:`) && one.text.startsWith(text));
  expect(
    offenders.filter((one) => !isExcused(one)).map(({ place, missing }) => `${place} ${missing.join(', ')}`),
  ).toEqual([]);
  expect(offenders.filter(isExcused)).toHaveLength(excused.length);
  const reached = new Set(
    read.flatMap(({ text }) => district.filter((name) => new RegExp(`\\b${name}\\b`).test(text))),
  );
  const areas = new Set(read.map(({ place }) => place.split('/')[0]));
  console.info(
    `PLT-05: ${String(read.length)} statements of ${String(areas.size)} areas read, ${String(reached.size)} of ${String(district.length)} district tables`,
  );
  expect(read.length).toBeGreaterThan(250);
  expect([...areas].sort()).toEqual([
    'attendance',
    'books',
    'comparison',
    'dropout',
    'duties',
    'enrolment',
    'imports',
    'interchange',
    'notices',
    'organisations',
    'papers',
    'population',
    'risk',
    'security',
    'statistics',
    'visits',
  ]);
  // Answers that are remembered are the business of server/http.
  expect(district.filter((name) => !reached.has(name))).toEqual(['remembered_answer']);
});

test('PLT-05 SQL of the areas stands in the files that are named for it', () => {
  const areas = path.resolve(import.meta.dirname, '../areas');
  const statement =
    /\b(?:SELECT [a-z*$0-9]|INSERT INTO |UPDATE [a-z$]|DELETE FROM |COPY [a-z(]|(?:LEFT|INNER|CROSS) JOIN )/;
  const sources = readdirSync(areas, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/(?:\.test|testing)\.ts$/.test(name),
  );
  const speaking = sources.filter((name) => statement.test(readFileSync(path.join(areas, name), 'utf8')));
  expect(speaking.length).toBeGreaterThan(60);
  expect(speaking.filter((name) => !/^[a-z]+\/(?:store|publish-)[^/]*\.ts$/.test(name))).toEqual([]);
});

test('PLT-05 the reader tells a table without its district by alias, by scope and behind a helper', () => {
  const missing = (text: string) => withoutDistrict(text, district);
  expect(missing('SELECT 1 FROM child WHERE id = $1')).toEqual(['FROM child']);
  expect(missing('SELECT 1 FROM child WHERE district_code = $1')).toEqual([]);
  expect(missing('SELECT 1 FROM child c JOIN enrolment e ON e.child_id = c.id WHERE c.district_code = $1')).toEqual([
    'JOIN enrolment e',
  ]);
  expect(
    missing(
      'SELECT 1 FROM child c WHERE c.district_code = $1 AND EXISTS (SELECT 1 FROM finding f WHERE f.child_id = c.id)',
    ),
  ).toEqual(['FROM finding f']);
  expect(missing('DELETE FROM session WHERE token_hash = $1')).toEqual([]);
  expect(missing('UPDATE staff SET name = $2 WHERE id = $1')).toEqual(['UPDATE staff']);
  expect(missing('INSERT INTO school (id, name) VALUES ($1, $2)')).toEqual(['INTO school']);
  expect(missing('INSERT INTO school (district_code, id) SELECT district_code, id FROM import_row')).toEqual([]);
  expect(missing('SELECT 1 FROM ? WHERE true')).toEqual(['FROM ?']);
});
