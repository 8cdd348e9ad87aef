import { read, utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runComparison } from '#contract/comparison.ts';
import { correctHeld, exportHeld, getImport, listHeld } from '#contract/imports.ts';
import { decideApproval, listAudit, requestApproval } from '#contract/security.ts';
import { residentCheckCharacter } from '#domain/basics/document-number.ts';
import { blindIndex } from '#server/crypto/seal.ts';
import { handIn, type Handed } from '#server/testing/hand-in.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

const asOf = '2026-11-20';
const school = '2142010201';
const other = '2142010202';
let world: World;
let officer: Person;
let second: Person;

beforeAll(async () => {
  world = await openWorld();
  officer = await world.person('bureauOfficer', world.district);
  second = await world.person('bureauOfficer', world.district);
  await hand('schools', '学校名录.csv', [
    ['学校标识码', '学校名称', '办学类型'],
    [school, '滨江小学', '小学'],
    [other, '江汉小学', '小学'],
  ]);
});
afterAll(() => world.stop());
type Lines = readonly (readonly string[])[];
const hand = (kind: Handed['kind'], fileName: string, content: Lines | Buffer, dryRun = false) =>
  handIn(world, officer, { kind, fileName, content, asOf, dryRun });
const waiting = async (kind: Handed['kind']) => (await officer.call(listHeld, { kind, size: 200 })).rows;
async function one<Row extends object>(text: string, values: unknown[]): Promise<Row> {
  const found = await world.platform.database.loaderPool.query<Row>(text, [world.district, ...values]);
  if (!found.rows[0]) throw new Error('no row');
  return found.rows[0];
}
const number = (birth: string, order: string) => {
  const first17 = `420102${birth}${order}`;
  return first17 + residentCheckCharacter(first17);
};
const wrongLast = (whole: string) => whole.slice(0, 17) + (whole.endsWith('1') ? '2' : '1');

const head = ['姓名', '性别', '出生日期', '证件类型', '证件号码', '监护人姓名', '联系电话', '现住址'];
const person = (name: string, sex: string, birth: string, document: string, guardian = '闻人志远', phone = '') => [
  name,
  sex,
  birth,
  document === '' ? '无证件' : '居民身份证',
  document,
  guardian,
  phone,
  '江岸区丹水池街道汉黄社区9栋',
];

/** The sheet of held rows as cells. */
async function sheetOf(id: string, by: Person, approvalId?: string): Promise<string[][]> {
  const answered = await by.ask(exportHeld, { id, ...(approvalId === undefined ? {} : { approvalId }) });
  expect(answered.status).toBe(200);
  const book = read(answered.body);
  return utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
    header: 1,
    raw: false,
    defval: '',
  });
}
function changed(lines: string[][], row: string, column: string, value: string): string[][] {
  const heads = lines.find((line) => line.includes('行标识')) ?? [];
  return lines.map((line) =>
    line[heads.indexOf('原行号')] === row
      ? line.map((cell, at) => (at === heads.indexOf(column) ? value : cell))
      : line,
  );
}
function workbook(lines: string[][]): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(lines), '更正');
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer; // as: of type any in the library
}
const full = /\d{17}[\dX]/g;

const misread = number('20180306', '917');
const birthday = number('20160421', '926');
const phone = '13812345678';
let faulty: { id: string };
let sheet: string[][];

it('IMP-12 the sheet of held rows shows the doubtful number to who handed the file in, and no other', async () => {
  faulty = await hand('register', '档案_一.csv', [
    head,
    person('闻人小满', '男', '2018-03-06', wrongLast(misread), '闻人志远', phone),
    person('闻人谷雨', '女', '2016-04-20', birthday),
    person('闻人立冬', '女', '冬天', ''),
    person('', '女', '2017-01-02', number('20170102', '922')),
  ]);
  expect((await waiting('register')).length).toBe(4);
  sheet = await sheetOf(faulty.id, officer);
  expect(JSON.stringify(sheet).match(full)).toEqual([wrongLast(misread), birthday]);
  expect(JSON.stringify(sheet)).not.toContain(phone);
  expect(JSON.stringify(await sheetOf(faulty.id, second)).match(full)).toBeNull();
  const asked = await second.call(requestApproval, {
    kind: 'exportIdentities',
    exportOf: 'held',
    purpose: '与户口簿逐行核对',
  });
  expect((await second.ask(exportHeld, { id: faulty.id, approvalId: asked.id })).body).toMatchObject({
    code: 'approval-needed',
  });
  await officer.call(decideApproval, { id: asked.id, approve: true });
  expect(JSON.stringify(await sheetOf(faulty.id, second, asked.id)).match(full)).toEqual([
    wrongLast(misread),
    birthday,
  ]);
});

it('IMP-11 IMP-12 a sheet with one row still wrong settles the others, keeps masked numbers and holds nothing twice', async () => {
  let lines = changed(sheet, '3', '出生日期', '2016-04-21');
  lines = changed(lines, '4', '出生日期', '2014-12-21');
  lines = changed(lines, '5', '姓名', '闻人惊蛰');
  // the number of row 2 is changed, and still fails its check
  lines = changed(lines, '2', '证件号码', `${misread.slice(0, 16)}0${misread.endsWith('0') ? '1' : '0'}`);
  const preview = await hand('register', '更正_一.xlsx', workbook(lines), true);
  expect(preview).toMatchObject({ accepted: 3, held: 1, preview: { corrected: 3, missing: 0, unknownColumns: [] } });
  expect((await waiting('register')).length).toBe(4);
  const done = await hand('register', '更正_一.xlsx', workbook(lines));
  expect(done).toMatchObject({ accepted: 3, held: 1, stillHeld: 1 });
  const left = await waiting('register');
  expect(left.map((row) => [row.name, row.importId])).toEqual([['闻人小满', done.id]]);
  expect((await officer.call(getImport, { id: faulty.id })).stillHeld).toBe(0);
  expect((await officer.call(listHeld, { state: 'accepted' })).total).toBe(3);
  const spring = await one<{ same: boolean }>(
    `SELECT document_index = $2 AS same FROM child WHERE district_code = $1 AND name = '闻人惊蛰'`,
    [blindIndex(world.platform.keys, 'document', number('20170102', '922'))],
  );
  expect(spring.same).toBe(true);
  const auditor = await world.person('auditAdmin', world.district);
  const trail = (await auditor.call(listAudit, { size: 50 })).rows.find(
    (row) => row.verb === 'imports.published' && row.subjectId === done.id,
  );
  expect(trail?.detail).toMatchObject({ corrected: 3 });
  expect((await officer.call(runComparison, { asOf })).beside.heldRows).toBe(1);
});

it('IMP-11 the first sheet, mended again, still finds the row by its id, and its masked telephone comes back whole', async () => {
  const lines = changed(sheet, '2', '证件号码', misread);
  const done = await hand('register', '更正_二.xlsx', workbook(lines));
  // row 3 stands with its old fault and was accepted meanwhile: it is not held again; rows 4 and 5 likewise
  expect(done).toMatchObject({ accepted: 1, held: 3, stillHeld: 0 });
  expect(await waiting('register')).toEqual([]);
  const entry = await one<{ same: boolean }>(
    `SELECT phone_index = $2 AS same FROM register_entry WHERE district_code = $1 AND name = '闻人小满' AND upper_inf(known)`,
    [blindIndex(world.platform.keys, 'phone', phone)],
  );
  expect(entry.same).toBe(true);
  expect((await officer.call(runComparison, { asOf })).beside.heldRows).toBe(0);
});

it('IMP-12 a masked number without its row, or on a row copied for another child, is held and never taken', async () => {
  const list = await hand('register', '档案_二.csv', [
    head,
    person('闻人大雪', '男', '雪天', number('20150908', '911'), '闻人志远', phone),
  ]);
  const lines = changed(await sheetOf(list.id, officer), '2', '出生日期', '2015-09-08');
  const heads = lines.find((line) => line.includes('行标识')) ?? [];
  const at = lines.findIndex((line) => line[heads.indexOf('原行号')] === '2');
  const copy = (lines[at] ?? []).map((cell, column) => (column === heads.indexOf('姓名') ? '闻人冬至' : cell));
  const done = await hand('register', '更正_三.xlsx', workbook(lines.toSpliced(at + 1, 0, copy)));
  expect(done).toMatchObject({ accepted: 1, held: 1 });
  expect((await waiting('register')).map((row) => [row.name, row.code])).toEqual([['闻人冬至', 'number-masked']]);
  const stars = await hand('register', '档案_三.csv', [
    head,
    person('闻人小寒', '男', '2015-09-08', '', '闻人志远', '138****5678'),
  ]);
  expect(stars.preview?.warnings.map((warning) => warning.code)).toContain('number-masked');
  const entry = await one<{ phone: Buffer | null }>(
    `SELECT phone_index AS phone FROM register_entry WHERE district_code = $1 AND name = '闻人小寒'`,
    [],
  );
  expect(entry.phone).toBeNull();
});

it('IMP-11 a corrected list handed in again settles what it surely corrects; what is unclear stays', async () => {
  const [tian, lin] = [number('20170522', '911'), number('20170522', '937')];
  const before = (await waiting('register')).length;
  await hand('register', '档案_四.csv', [
    head,
    person('田雨', '男', '2017-05-22', wrongLast(tian), '田大'),
    person('林风', '女', '2017-05-22', lin, '林大'), // a girl with a boy's number
    person('林风', '女', '2017-05-23', lin, '林二'), // the same number and name once more: whose row is corrected?
    person('高山', '男', '山日', number('20170611', '911'), '高大'),
  ]);
  expect((await waiting('register')).length).toBe(before + 4);
  const corrected = [
    head,
    person('田雨', '男', '2017-05-22', tian, '田大'),
    person('林风', '男', '2017-05-22', lin, '林大'),
    person('高山', '男', '山月', number('20170611', '911'), '高大'),
  ];
  const done = await hand('register', '档案_四_改.csv', corrected);
  expect(done).toMatchObject({ accepted: 2, held: 1, preview: { corrected: 1 } });
  const names = (await waiting('register')).map((row) => row.name);
  expect(names.filter((name) => name !== '闻人冬至').sort()).toEqual(['林风', '林风', '高山'].sort());
  expect((await waiting('register')).length).toBe(before + 3);
});

const rosterHead = ['姓名', '性别', '出生日期', '证件类型', '证件号码', '学籍号', '年级', '班级', '学校标识码'];
const pupil = (name: string, birth: string, document: string, code = school) => [
  name,
  '男',
  birth,
  '居民身份证',
  document,
  `G${document}`,
  '三年级',
  '2班',
  code,
];
const presenceHead = ['学校标识码', '年级', '班级', '姓名', '学籍号', '是否到校', '原因'];

it('IMP-13 held presence is taken when its pupil comes onto the roster, by screen and by sheet', async () => {
  const [kang, shen] = [number('20170711', '911'), number('20170712', '911')];
  const roster = await hand('roster', '学籍_滨江.csv', [
    rosterHead,
    pupil('康泰', '2017-07-11', wrongLast(kang)),
    pupil('沈舟', '2017-07-12', wrongLast(shen)),
  ]);
  expect(roster).toMatchObject({ accepted: 0, held: 2 });
  const presence = await hand('presence', '到校.csv', [
    presenceHead,
    [school, '三年级', '2班', '康泰', '', '否', '病假'],
    [school, '三年级', '2班', '沈舟', '', '否', '不明'],
    [school, '三年级', '2班', '无人', '', '否', '不明'],
  ]);
  expect(presence).toMatchObject({ accepted: 0, held: 3, stillHeld: 3 });
  const row = (await waiting('roster')).find((held) => held.name === '康泰');
  const onScreen = { id: row?.id ?? '', changes: { documentNumber: kang }, reason: '核对户口簿' };
  expect((await officer.call(correctHeld, onScreen)).accepted).toBe(true);
  expect((await waiting('presence')).map((held) => held.name)).toEqual(['沈舟', '无人']);
  const lines = changed(await sheetOf(roster.id, officer), '3', '身份证件号', shen);
  expect(await hand('roster', '更正_学籍.xlsx', workbook(lines))).toMatchObject({ accepted: 1, stillHeld: 0 });
  expect((await waiting('presence')).map((held) => held.name)).toEqual(['无人']);
  expect(await waiting('roster')).toEqual([]);
  const found = await world.platform.database.loaderPool.query<{ name: string; reason: string; day: string }>(
    `SELECT c.name, p.reason, p.day FROM presence p JOIN child c ON c.district_code = $1 AND c.id = p.child_id WHERE p.district_code = $1 AND p.import_id = $2 ORDER BY p.row_no`,
    [world.district, presence.id],
  );
  expect(found.rows).toEqual([
    { name: '康泰', reason: '病假', day: asOf },
    { name: '沈舟', reason: '不明', day: asOf },
  ]);
});

it('IMP-13 what a school told of the day since then stands; the old row goes on waiting', async () => {
  const wei = number('20170713', '911');
  const unnumbered = pupil('卫玮', '2017-07-13', wei, other).map((cell) => (cell.startsWith('G') ? '' : cell));
  await hand('roster', '学籍_江汉.csv', [rosterHead, unnumbered]);
  const told = (name: string, registryNo: string, reason: string) => [
    presenceHead,
    [other, '三年级', '2班', name, registryNo, '否', reason],
  ];
  const early = await hand('presence', '到校_早.csv', told('卫伟', `G${wei}`, '不明'));
  expect(early).toMatchObject({ held: 1, stillHeld: 1 });
  expect(await hand('presence', '到校_晚.csv', told('卫玮', '', '病假'))).toMatchObject({ accepted: 1 });
  // now the roster says whose registry number the early row bears
  expect(await hand('roster', '学籍_江汉_改.csv', [rosterHead, pupil('卫玮', '2017-07-13', wei, other)])).toMatchObject(
    {
      accepted: 1,
    },
  );
  expect((await officer.call(getImport, { id: early.id })).stillHeld).toBe(1);
  const standing = await one<{ reasons: string[] }>(
    `SELECT array_agg(p.reason) AS reasons FROM presence p JOIN school s ON s.district_code = $1 AND s.id = p.school_id AND s.code = $2 WHERE p.district_code = $1 AND upper_inf(p.known)`,
    [other],
  );
  expect(standing.reasons).toEqual(['病假']);
});

it('IMP-14 a preview counts and names those of the list before who are not in the new one, for a roster those of its schools', async () => {
  const before = await one<{ count: number }>(
    `SELECT count(DISTINCT child_id)::int AS count FROM register_entry WHERE district_code = $1 AND upper_inf(known)`,
    [],
  );
  const again = await hand(
    'register',
    '档案_新.csv',
    [head, person('田雨', '男', '2017-05-22', number('20170522', '911'), '田大'), person('林风', '男', '林日', '')],
    true,
  );
  // 林风 stands in the file although the row is held
  expect(again.preview?.missing).toBe(before.count - 2);
  expect(again.preview?.missingNames).toContain('闻人小满');
  expect(again.preview?.missingNames).not.toContain('林风');
  const kang = pupil('康泰', '2017-07-11', number('20170711', '911'));
  const roster = await hand('roster', '学籍_滨江_新.csv', [rosterHead, kang], true);
  expect([roster.preview?.missing, roster.preview?.missingNames]).toEqual([1, ['沈舟']]);
  const published = await hand('roster', '学籍_滨江_新.csv', [rosterHead, kang]);
  expect(published.preview?.missing).toBe(1);
  expect((await officer.call(getImport, { id: faulty.id })).preview?.missing).toBe(0);
});
