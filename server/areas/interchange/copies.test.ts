import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contract/interchange.ts';
import { revealChild } from '#contract/population.ts';
import { decideApproval, listApprovals } from '#contract/security.ts';
import { childExcluded, childTables, schoolExcluded, schoolTables, type CopyTable } from '#domain/interchange/copy-tables.ts'; // prettier-ignore
import { columnWords, isPlatformColumn } from '#domain/interchange/copy-columns.ts';
import { freeText, isFreeText } from '#domain/interchange/copy-free-text.ts';
import { keyWords } from '#domain/interchange/copy-keys.ts';
import { heldCodes } from '#domain/basics/list-row.ts';
import { roles } from '#domain/basics/roles.ts';
import { categories } from '#domain/comparison/categories.ts';
import { comparisonKinds, standingKinds } from '#domain/comparison/record.ts';
import { closingCategories, reasonGroups, whereaboutsCodes } from '#domain/dropout/record.ts';
import { caseActions } from '#domain/dropout/steps.ts';
import { courseCauses } from '#domain/enrolment/course.ts';
import { documentKinds } from '#domain/notices/record.ts';
import { paperKinds } from '#domain/papers/record.ts';
import { openCaseWorld, phoneId, type CasePupil, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { tables } from '#server/database/manifest.ts';
import { rows } from '#server/testing/reach.ts';
import { isHandedOut, namedColumns, type Copy } from './copy-content.ts';
import { codesOf } from './copy-codes.ts';
import { copySections } from './copy-pdf.ts';

let on: CaseWorld;
let pupil: CasePupil;
beforeAll(async () => {
  on = await openCaseWorld();
  const [first] = on.pupils;
  if (!first) throw new Error('no pupil');
  pupil = first;
});
afterAll(() => on.world.stop());

const request = {
  subjectKind: 'child' as const,
  requester: '密语申请人',
  relation: '母亲',
  means: 'inPerson' as const,
  proof: '户口簿和身份证原件',
  purpose: '查阅本人子女全部信息',
  receivedOn: '2026-11-20',
};

/** Asks for a copy as the officer, has another approve it, and makes it. */
async function made(subjectKind: 'child' | 'school', subjectId: string): Promise<string> {
  const id = phoneId();
  const { approvalId } = await on.officer.call(contract.askCopy, { ...request, id, subjectKind, subjectId });
  await on.leader.call(decideApproval, { id: approvalId, approve: true });
  await on.officer.call(contract.makeCopy, { id });
  return id;
}
async function json(id: string): Promise<Copy> {
  const answered = await on.officer.ask(contract.downloadCopy, { id, form: 'json' });
  return answered.body as Copy; // as: a download of this form is a copy, which the call parsed
}
const chinese = /^[\u4e00-\u9fff]/u;
const rowsOf = (copy: Copy, table: string) => copy.sections.find((section) => section.table === table)?.rows ?? [];

/** District tables that hold the column, and those whose foreign key leads to one of them, however far. */
async function holding(column: RegExp, root: string): Promise<string[]> {
  const columns = await rows<{ t: string; c: string }>(on.world, `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public' AND $1::text IS NOT NULL`); // prettier-ignore
  const district = new Set(tables.filter(({ kind }) => kind === 'district').map(({ name }) => name));
  const found = new Set(columns.filter(({ t, c }) => district.has(t) && column.test(c)).map(({ t }) => t));
  found.add(root);
  return [...found].sort();
}
async function below(parents: readonly string[]): Promise<string[]> {
  const keys = await rows<{ t: string; p: string }>(on.world, `SELECT conrelid::regclass::text AS t, confrelid::regclass::text AS p FROM pg_constraint WHERE contype = 'f' AND $1::text IS NOT NULL`); // prettier-ignore
  const found = new Set(parents);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const { t, p } of keys) if (found.has(p)) found.add(t);
  }
  return [...found].sort();
}
const named = (copied: readonly CopyTable[], excluded: Readonly<Record<string, unknown>>) =>
  new Set([...copied.map(({ table }) => table), ...Object.keys(excluded)]);

describe('the copy of everything about one child', () => {
  it('INT-05 needs another person’s approval, is made once by who recorded the request, and stands in the trail', async () => {
    const id = phoneId();
    const asked = { ...request, id, subjectId: pupil.id };
    expect((await on.officer.ask(contract.askCopy, { ...asked, proof: '' })).status).toBe(422);
    expect((await on.principal.ask(contract.askCopy, asked)).status).toBe(403);
    const { approvalId } = await on.officer.call(contract.askCopy, asked);
    expect((await on.officer.ask(contract.makeCopy, { id })).body).toMatchObject({ code: 'approval-needed' });
    expect((await on.officer.ask(decideApproval, { id: approvalId, approve: true })).status).toBe(403);
    const waiting = (await on.leader.call(listApprovals, { open: 'true' })).rows.find((row) => row.id === approvalId);
    expect(waiting).toMatchObject({ mayDecide: true, scopeWords: `生成${pupil.name}的全部信息副本（含完整证件号码）` });
    await on.leader.call(decideApproval, { id: approvalId, approve: true });
    expect((await on.second.ask(contract.makeCopy, { id })).body).toMatchObject({ code: 'approval-needed' });
    const { records } = await on.officer.call(contract.makeCopy, { id });
    expect(records).toBeGreaterThan(4);
    expect((await on.officer.ask(contract.makeCopy, { id })).body).toMatchObject({ code: 'wrong-step' });
    const pdf = await on.second.ask(contract.downloadCopy, { id });
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-'); // as: a download is a Buffer
    const trail = await rows<{ verb: string; actor: string }>(on.world, `SELECT verb, actor_name AS actor FROM audit_entry WHERE district_code = $1 AND verb LIKE 'interchange.%' AND outcome = 'done' AND detail ->> 'copyRequest' = $2 ORDER BY sequence`, [id]); // prettier-ignore
    expect(trail).toEqual([
      { verb: 'interchange.askCopy', actor: '冯专干' },
      { verb: 'interchange.makeCopy', actor: '冯专干' },
      { verb: 'interchange.downloadCopy', actor: '陈专干' },
    ]);
    const list = await on.second.call(contract.listCopies, {});
    expect(list.rows.find((row) => row.id === id)).toMatchObject({ state: 'made', approvedName: '褚局长', requester: '密语申请人', records }); // prettier-ignore
  });

  it('INT-06 holds open numbers and sealed words, says who looked and what is left out, and lies sealed', async () => {
    await on.teacher.call(revealChild, { id: pupil.id, what: 'phone', reason: '家访联系' });
    const copy = await json(await made('child', pupil.id));
    expect(copy).toMatchObject({
      format: 'baoxue-copy',
      version: 1,
      subject: { kind: 'child', id: pupil.id, name: pupil.name },
    });
    const [sealed] = rowsOf(copy, 'enrolment').map((row) => row['sealed'] as { documentNumber: string }); // as: opened by the copy
    expect(sealed?.documentNumber).toMatch(/^\d{17}[\dX]$/);
    expect(rowsOf(copy, 'course')[0]).toMatchObject({ state: 'inSchool', cause: 'listed' });
    expect(rowsOf(copy, 'child').map((row) => row['name'])).toEqual([pupil.name]);
    expect(copy.lookedAt.some((look) => look.verb === 'population.revealChild' && look.role === 'classTeacher' && look.reason === '家访联系')).toBe(true); // prettier-ignore
    expect(JSON.stringify(copy.lookedAt)).not.toContain('周老师');
    expect(copy.excluded.map(({ table }) => table)).toEqual(Object.keys(childExcluded));
    expect(JSON.stringify(copy)).not.toMatch(/"reach"|_index"|"row_print"|stored_name/);
    const [school] = await rows<{ name: string }>(on.world, 'SELECT name FROM school WHERE district_code = $1 AND id = $2', [pupil.school_id]); // prettier-ignore
    expect(copy.names[pupil.school_id]).toBe(school?.name);
    expect(copy.columns).toMatchObject({ grade: '年级', school_id: '学校' });
    expect(copy.codes).toMatchObject({ 'course.state': { inSchool: '在校' }, 'child.identity': { proven: '已核实' } });
    const pages = JSON.stringify(copySections(copy));
    expect(pages).toContain(JSON.stringify(['学校', school?.name]));
    expect(pages).not.toMatch(/其他内容|\{\\"|[0-9a-f]{8}-[0-9a-f]{4}-|\dT\d|undefined|\[object/u);
    const folder = path.join(on.world.platform.config.dataDirectory, 'files');
    const stored = await readdir(folder);
    expect(stored.length).toBeGreaterThanOrEqual(2);
    for (const name of stored) expect((await readFile(path.join(folder, name))).includes(sealed?.documentNumber ?? '')).toBe(false); // prettier-ignore
    const open = await rows(
      on.world,
      `SELECT 1 FROM access_request q WHERE q.district_code = $1 AND q::text LIKE '%密语%'`,
    );
    expect(open).toEqual([]);
  });

  it('INT-07 every table with a child or a school, or below one that is copied, is in the copy or named with its reason', async () => {
    const childNamed = named(childTables, childExcluded);
    const schoolNamed = named(schoolTables, schoolExcluded);
    const withChild = await holding(/(^|_)child_id$/, 'child');
    expect(withChild.length).toBeGreaterThan(35);
    expect(withChild.filter((table) => !childNamed.has(table))).toEqual([]);
    const children = await below(childTables.filter(({ through }) => !through).map(({ table }) => table));
    expect(children.filter((table) => !childNamed.has(table))).toEqual([]);
    expect((await holding(/^school_id$/, 'school')).filter((table) => !schoolNamed.has(table))).toEqual([]);
    for (const { words, why } of [...Object.values(childExcluded), ...Object.values(schoolExcluded)])
      expect([words, why]).toEqual([expect.stringMatching(chinese), expect.stringMatching(/^.{9}/u)]);
    const known = new Set(tables.map(({ name }) => name));
    expect([...childNamed, ...schoolNamed].filter((table) => !known.has(table))).toEqual([]);
  });

  it('INT-07 every column that a copy hands out has Chinese words, or is one that says nothing to a reader; no word is left over', async () => {
    const columns = await rows<{ t: string; c: string; kind: string }>(on.world, `SELECT table_name AS t, column_name AS c, data_type AS kind FROM information_schema.columns WHERE table_schema = 'public' AND $1::text IS NOT NULL`); // prettier-ignore
    const handedOut = new Set(
      [...childTables, ...schoolTables].flatMap(
        (of) =>
        columns.filter(({ t, c, kind }) => t === of.table && isHandedOut(of, c) && (kind !== 'bytea' || c.includes('sealed'))).map(({ c }) => c), // prettier-ignore
      ),
    );
    expect(handedOut.size).toBeGreaterThan(200);
    // What a row seals under this name is opened in place: its keys are read, not the column.
    handedOut.delete('sealed');
    expect([...handedOut].filter((column) => columnWords[column] === undefined && !isPlatformColumn(column))).toEqual([]); // prettier-ignore
    expect(Object.keys(columnWords).filter((column) => !handedOut.has(column))).toEqual([]);
    const words = [...Object.values(columnWords), ...Object.values(keyWords), ...[...childTables, ...schoolTables].map((of) => of.words)]; // prettier-ignore
    expect(words.filter((word) => !chinese.test(word))).toEqual([]);
  });

  it('INT-14 every code that a column handed out may hold has Chinese words; of every other text column it is said that people write it', async () => {
    const columns = await rows<{ t: string; c: string }>(on.world, `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public' AND (data_type = 'text' OR udt_name = '_text') AND $1::text IS NOT NULL`); // prettier-ignore
    const checks = await rows<{ t: string; d: string }>(on.world, `SELECT conrelid::regclass::text AS t, pg_get_constraintdef(oid) AS d FROM pg_constraint WHERE contype = 'c' AND $1::text IS NOT NULL`); // prettier-ignore
    const printed = (t: string) =>
      [...childTables, ...schoolTables].flatMap((of) =>
        of.table === t
          ? columns.filter(
              (one) =>
                one.t === t && isHandedOut(of, one.c) && !isPlatformColumn(one.c) && !namedColumns.includes(one.c),
            )
          : [],
      );
    const pairs = [...new Set([...childTables, ...schoolTables].map(({ table }) => table))].flatMap((t) =>
      [...new Set(printed(t).map(({ c }) => c))].map((c) => ({ t, c })),
    );
    // What the database itself allows in a column.
    const allowed = checks.flatMap(
      ({ t, d }) =>
      [...d.matchAll(/(\w+) = ANY \(ARRAY\[([^\]]+)\]\)/g)].map(([, c, list]) => ({ t, c: c ?? '', codes: [...(list ?? '').matchAll(/'([^']+)'/g)].map(([, code]) => code ?? '') })), // prettier-ignore
    );
    // What the domain lists where the database does not.
    const listed: Record<string, readonly string[]> = {
      'case_event.what': [...caseActions, 'skip', 'merged', 'split'],
      'course.cause': courseCauses,
      'dropout_report.reason_group': reasonGroups,
      'dropout_report.whereabouts': whereaboutsCodes,
      'case_decision.category': closingCategories,
      'finding.kind': comparisonKinds,
      'finding.category': categories.map(({ code }) => code),
      'standing.kind': standingKinds,
      'held_row.code': heldCodes,
      'issued_document.kind': documentKinds,
      'paper.kind': paperKinds,
      'dropout_report.reported_role': roles,
    };
    const coded = [
      ...allowed,
      ...Object.entries(listed).map(([name, codes]) => ({ t: name.split('.')[0] ?? '', c: name.split('.')[1] ?? '', codes })), // prettier-ignore
    ].filter((one) => pairs.some(({ t, c }) => t === one.t && c === one.c));
    expect(coded.length).toBeGreaterThan(40);
    const bare = coded.flatMap(({ t, c, codes }) =>
      codes.filter((code) => !chinese.test(codesOf(t, c)?.[code] ?? '')).map((code) => `${t}.${c} ${code}`),
    );
    expect(bare).toEqual([]);
    // The levels of a school are put together from its codes.
    const undecided = pairs.filter(({ t, c }) => codesOf(t, c) === undefined && !isFreeText(t, c) && c !== 'stage');
    expect(undecided.map(({ t, c }) => `${t}.${c}`)).toEqual([]);
    const both = coded.filter(({ t, c }) => isFreeText(t, c));
    expect(both.map(({ t, c }) => `${t}.${c}`)).toEqual([]);
    expect([...freeText].filter((name) => !pairs.some(({ t, c }) => c === name || `${t}.${c}` === name))).toEqual([]);
  });

  it('INT-08 the copy of a school holds its units, rolls and the work of its pupils, and no other school’s', async () => {
    const copy = await json(await made('school', pupil.school_id));
    const [{ n } = { n: -1 }] = await rows<{ n: number }>(on.world, `SELECT count(*)::int AS n FROM enrolment WHERE district_code = $1 AND school_id = $2`, [pupil.school_id]); // prettier-ignore
    expect(rowsOf(copy, 'enrolment')).toHaveLength(n);
    expect(new Set(rowsOf(copy, 'enrolment').map((row) => row['school_id']))).toEqual(new Set([pupil.school_id]));
    expect(rowsOf(copy, 'school_class').length).toBeGreaterThan(0);
    expect(rowsOf(copy, 'child').map((row) => row['id'])).toContain(pupil.id);
    expect((await on.officer.ask(contract.askCopy, { ...request, id: phoneId(), subjectKind: 'school', subjectId: phoneId() })).status).toBe(404); // prettier-ignore
  });
});
