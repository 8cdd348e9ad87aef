import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editChild, getChild, listChildren } from '#contract/population.ts';
import { documentTypes, documentTypeWords } from '#domain/basics/document-number.ts';
import { relations, relationWords } from '#domain/basics/relation.ts';
import { childTags, studyStatuses } from '#domain/population/record.ts';
import { childTagWords, studyStatusWords } from '#domain/population/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { countOf, numberOf, rowOf, rowsOf } from './testing.ts';

interface Registered {
  id: string;
  name: string;
  sex: 'male' | 'female';
  birth_date: string;
  sealed: Buffer;
  community_code: string;
  school_id: string;
}

let world: World;
let officer: Person;
let children: Registered[];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district, '林专干');
  children = await rowsOf<Registered>(
    world,
    `SELECT c.id, c.name, c.sex, c.birth_date, c.sealed, r.community_code, e.school_id FROM child c
     JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known)
     JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known)
     WHERE c.district_code = $1 AND c.identity = 'proven' AND c.document_type = 'residentId' AND c.merged_into IS NULL
       AND r.community_code IS NOT NULL AND coalesce(r.stated_grade, 0) < 10 ORDER BY c.id LIMIT 20`,
  );
});
afterAll(() => world.stop());

const childAt = (index: number): Registered => {
  const child = children[index];
  if (!child) throw new Error('too few children');
  return child;
};
const reason = '户口簿第 3 页';
const issuesOf = (body: unknown) =>
  // as: problem+json of a refused input
  ((body as { detail?: { issues?: { path: string }[] } }).detail?.issues ?? []).map((issue) => issue.path).sort();
const versionsOf = (id: string) =>
  rowsOf<{ name: string; study_status: string; known: string; open: boolean; during: string }>(
    world,
    `SELECT name, study_status, known::text, upper_inf(known) AS open, during::text FROM register_entry WHERE district_code = $1 AND child_id = $2 ORDER BY lower(known)`,
    [id],
  );

describe('a correction', () => {
  it('POP-02 supersedes what was known; both versions stay, with who, when and why', async () => {
    const child = childAt(0);
    const [before] = await versionsOf(child.id);
    await officer.call(editChild, { id: child.id, reason, name: '更正后', studyStatus: 'suspended', note: '看过证明' });
    const versions = await versionsOf(child.id);
    expect(versions.map((version) => [version.name, version.open])).toEqual([
      [child.name, false],
      ['更正后', true],
    ]);
    const [old, now] = versions;
    expect(old?.known.split(',')[0]).toBe(before?.known.split(',')[0]);
    expect(old?.known.split(',')[1]?.replace(')', '')).toBe(now?.known.split(',')[0]?.replace('[', ''));
    expect([old?.during, old?.study_status]).toEqual([before?.during, before?.study_status]);
    expect([now?.during, now?.study_status]).toEqual([before?.during, 'suspended']);
    const change = await rowOf<
      { id: string; actor_name: string; what: string; reason: string } & Record<string, unknown>
    >(world, `SELECT * FROM child_change WHERE district_code = $1 AND child_id = $2`, [child.id]);
    expect([change.actor_name, change.what, change.reason]).toEqual(['林专干', '姓名、就读状态、备注', reason]);
    const open = (column: 'sealed_before' | 'sealed_after') =>
      openJson(
        world.platform.keys,
        { table: 'child_change', column, district: world.district, id: change.id },
        change[column] as Buffer, // as: a column of bytes
      );
    expect(open('sealed_before')).toMatchObject({ name: child.name, documentNumber: numberOf(world, child) });
    expect(open('sealed_after')).toMatchObject({ name: '更正后', studyStatus: 'suspended' });
    const record = await officer.call(getChild, { id: child.id });
    expect(record).toMatchObject({ name: '更正后', studyStatus: '休学' });
    expect(record.register?.note).toBe('看过证明');
    expect(record.history.find((entry) => entry.reason === reason)).toMatchObject({
      actor: '林专干',
      words: '更正：姓名、就读状态、备注',
    });
    const found = async (q: string) => (await officer.call(listChildren, { q })).rows.map((row) => row.id);
    expect(await found('更正后')).toEqual([child.id]);
    expect(await found('gengzhenghou')).toEqual([child.id]);
    expect(await found(child.name)).not.toContain(child.id);
  });

  it('POP-02 without a reason, or of what contradicts itself, is refused at its field and changes nothing', async () => {
    const child = childAt(1);
    const other = childAt(2);
    const changes = await countOf(world, 'child_change');
    const entries = await countOf(world, 'register_entry');
    const refused = async (input: Omit<Parameters<typeof officer.ask<typeof editChild>>[1], 'id'>) => {
      const answer = await officer.ask(editChild, { id: child.id, ...input });
      return [answer.status, ...issuesOf(answer.body)];
    };
    expect(await refused({ reason: ' ', name: '新名' })).toEqual([422, 'reason']);
    expect(await refused({ reason, birthDate: '2015-01-01' })).toEqual([422, 'birthDate']);
    expect(await refused({ reason, sex: child.sex === 'male' ? '女' : '男' })).toEqual([422, 'sex']);
    const number = numberOf(world, child);
    const unsound = `${number.slice(0, 17)}${number.endsWith('0') ? '1' : '0'}`;
    expect(await refused({ reason, documentNumber: unsound })).toContain('documentNumber');
    expect(await refused({ reason, studyStatus: '在读' })).toEqual([422, 'studyStatus']);
    expect(await refused({ reason, documentType: '身份证' })).toEqual([422, 'documentType']);
    expect(await refused({ reason, documentType: 'none' })).toEqual([422, 'documentType']);
    expect(await refused({ reason, relation: '爷爷' })).toEqual([422, 'relation']);
    expect((await refused({ reason, tags: ['orphan', '穷'] }))[0]).toBe(422);
    const taken = await officer.ask(editChild, {
      id: child.id,
      reason,
      name: child.name,
      sex: other.sex === 'male' ? '男' : '女',
      birthDate: other.birth_date,
      documentNumber: numberOf(world, other),
    });
    expect([taken.status, taken.body]).toEqual([409, expect.objectContaining({ code: 'already-exists' })]);
    expect(taken.body).toMatchObject({ detail: { childId: other.id } });
    const outside = children.find((one) => one.community_code !== child.community_code);
    const worker = await world.person('communityWorker', child.community_code);
    const hidden = await worker.ask(editChild, {
      id: child.id,
      reason,
      sex: outside?.sex === 'male' ? '男' : '女',
      birthDate: outside?.birth_date,
      documentNumber: outside ? numberOf(world, outside) : '',
    });
    expect([hidden.status, hidden.body]).toEqual([409, expect.objectContaining({ code: 'already-exists' })]);
    expect(JSON.stringify(hidden.body)).not.toContain(outside?.name);
    expect(JSON.stringify(hidden.body)).not.toContain(outside?.id);
    expect([await countOf(world, 'child_change'), await countOf(world, 'register_entry')]).toEqual([changes, entries]);
  });

  it('POP-02 of a fact of the register is refused for a child that does not stand in it, instead of being lost', async () => {
    const { id } = await rowOf<{ id: string }>(
      world,
      `SELECT c.id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL AND c.identity = 'proven' AND NOT EXISTS (
         SELECT 1 FROM register_entry r WHERE r.district_code = $1 AND r.child_id = c.id) ORDER BY c.id LIMIT 1`,
    );
    const answer = await officer.ask(editChild, { id, reason, guardian: '王五', tags: ['orphan'] });
    expect([answer.status, ...issuesOf(answer.body)]).toEqual([422, 'guardian', 'tags']);
    await officer.call(editChild, { id, reason, name: '只在学籍' });
    expect((await officer.call(getChild, { id })).name).toBe('只在学籍');
  });

  it('POP-02 is made only within reach and by who may, and the record says so', async () => {
    const child = childAt(3);
    const elsewhere = children.find((other) => other.community_code !== child.community_code);
    if (!elsewhere) throw new Error('one community only');
    const worker = await world.person('communityWorker', child.community_code);
    expect((await worker.call(getChild, { id: child.id })).allowed).toMatchObject({ edit: true, split: false });
    await worker.call(editChild, { id: child.id, reason, note: '家长来电' });
    expect((await worker.ask(editChild, { id: elsewhere.id, reason, note: '家长来电' })).status).toBe(404);
    const teacher = await world.person(
      'classTeacher',
      (
        await rowOf<{ class_id: string }>(
          world,
          `SELECT class_id FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
          [child.id],
        )
      ).class_id,
    );
    const seen = await teacher.call(getChild, { id: child.id });
    expect([seen.allowed.edit, seen.household]).toEqual([false, null]);
    expect((await teacher.ask(editChild, { id: child.id, reason, note: '老师' })).status).toBe(403);
    expect((await officer.call(getChild, { id: child.id })).household?.householdNo).toMatch(/\d/);
  });
});

describe('the choices of a correction', () => {
  const after = async (
    id: string,
    change: Omit<Parameters<typeof officer.call<typeof editChild>>[1], 'id' | 'reason'>,
  ) => {
    await officer.call(editChild, { id, reason, ...change });
    return officer.call(getChild, { id });
  };

  it.each(studyStatuses)('POP-02 study status %s goes in by code or label, and comes out as both', async (code) => {
    const { id } = childAt(4);
    await after(id, { statedSchool: null, studyStatus: code === 'none' ? 'suspended' : 'none' });
    const record = await after(id, { studyStatus: code });
    expect([record.codes.studyStatus, record.register?.studyStatus]).toEqual([code, studyStatusWords[code]]);
    await after(id, { studyStatus: code === 'none' ? 'suspended' : 'none' });
    expect((await after(id, { studyStatus: studyStatusWords[code] })).codes.studyStatus).toBe(code);
  });

  it.each(relations)('POP-02 relation %s goes in by code or label, and comes out as both', async (code) => {
    const { id } = childAt(5);
    const record = await after(id, { relation: code });
    expect([record.codes.relation, record.guardian.relation]).toEqual([code, relationWords[code]]);
    await after(id, { relation: code === 'father' ? 'mother' : 'father' });
    expect((await after(id, { relation: relationWords[code] })).codes.relation).toBe(code);
  });

  it.each(childTags)('POP-02 group %s goes in by code or label, and comes out as both', async (code) => {
    const { id } = childAt(6);
    const record = await after(id, { tags: [code] });
    expect(record.codes.tags).toEqual([code]);
    expect(record.tags).toContain(childTagWords[code]);
    await after(id, { tags: [] });
    expect((await after(id, { tags: [childTagWords[code], code] })).codes.tags).toEqual([code]);
  });

  it.each(documentTypes.filter((type) => type !== 'none' && type !== 'residentId'))(
    'POP-02 document type %s goes in by code or label with its number, and comes out as both',
    async (code) => {
      const { id } = childAt(7);
      const record = await after(id, { documentType: code, documentNumber: 'P12345678' });
      expect([record.codes.documentType, record.documentType]).toEqual([code, documentTypeWords[code]]);
      const other = code === 'passport' ? 'other' : 'passport';
      expect((await after(id, { documentType: other })).codes.documentType).toBe(other);
      expect((await after(id, { documentType: documentTypeWords[code] })).codes.documentType).toBe(code);
    },
  );

  it('POP-02 a document taken away leaves none, and a citizen number given back is one again', async () => {
    const child = childAt(8);
    const number = numberOf(world, child);
    const without = await after(child.id, { documentType: 'none', documentNumber: '' });
    expect([without.codes.documentType, without.documentMask, without.identity]).toEqual(['none', '', 'none']);
    const back = await after(child.id, { documentType: 'residentId', documentNumber: number });
    expect([back.codes.documentType, back.identity]).toEqual(['residentId', 'proven']);
    expect((await officer.call(listChildren, { q: number })).rows.map((row) => row.id)).toEqual([child.id]);
  });
});
