import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import * as contract from '#contract/enrolment-changes.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { openJson } from '#server/crypto/seal.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { ask, courseLines, openChangeWorld, piece, pupilAt, suspended, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

const count = async (): Promise<number> =>
  (await rows<{ n: number }>(on.world, 'SELECT count(*)::int AS n FROM registry_change WHERE district_code = $1'))[0]
    ?.n ?? -1;

describe('asking for a registry change', () => {
  it('ENR-06 退学, 开除 and the like are refused with the clause, before anything is written', async () => {
    const before = await count();
    for (const kind of [
      'withdrawal',
      'expulsion',
      'stopping',
      'cancelling',
      'persuadedOut',
      'entryTest',
      'registryCondition',
    ] as const) {
      const answered = await ask(on.registrar, { kind, childId: pupilAt(on, 0).id });
      expect([kind, answered.status]).toEqual([kind, 422]);
      expect(JSON.stringify(answered.body)).toMatch(/义务教育法第|学籍管理办法/);
    }
    expect(await count()).toBe(before);
  });

  it('ENR-05 a missing field or piece is named at its place, a health paper must be one, and the code is the national one', async () => {
    const childId = pupilAt(on, 1).id;
    const bare = await ask(on.registrar, { kind: 'suspension', childId });
    expect(bare.body).toMatchObject({ code: 'input-wrong', detail: { issues: [{ path: 'endsOn' }] } });
    const noPapers = await ask(on.registrar, { kind: 'suspension', childId, endsOn: '2027-06-30' });
    expect(noPapers.body).toMatchObject({
      detail: { issues: [{ path: 'pieces.application' }, { path: 'pieces.medical' }] },
    });
    const pieces = [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'medical')];
    const noMedical = await ask(on.registrar, { kind: 'suspension', childId, endsOn: '2027-06-30', pieces });
    expect(JSON.stringify(noMedical.body)).toContain('医院证明');
    const id = await suspended(on, 1, '2027-06-30');
    expect(await on.registrar.call(contract.getChange, { id })).toMatchObject({ code: '11', codeWords: '休学' });
  });

  it('ENR-13 while one change is open no other is started, and the answer says which', async () => {
    const answered = await ask(on.registrar, {
      kind: 'classChange',
      childId: pupilAt(on, 1).id,
      toClassId: pupilAt(on, 1).class_id,
    });
    expect(answered.status).toBe(409);
    expect(answered.body).toMatchObject({ code: 'already-exists' });
    expect(JSON.stringify(answered.body)).toContain('在办的学籍异动“休学”（待学校审核）');
  });

  it('ENR-13 the same sent twice is one', async () => {
    const id = phoneId();
    const input = {
      id,
      kind: 'death' as const,
      childId: pupilAt(on, 2).id,
      fromDay: '2026-11-18',
      reason: '病故',
      pieces: [await piece(on, on.registrar, 'certificate')],
    };
    const first = await on.registrar.call(contract.askChange, input);
    const before = await count();
    expect(await on.registrar.call(contract.askChange, input)).toEqual(first);
    expect(await count()).toBe(before);
    await on.registrar.call(contract.withdrawChange, { id, reason: '填错学生' });
  });
});

describe('suspension', () => {
  it('ENR-10 the principal agrees and the bureau grants; the school alone can do neither, nor who asked', async () => {
    const id = await suspended(on, 3, '2027-11-20');
    const childId = pupilAt(on, 3).id;
    expect((await on.registrar.ask(contract.approveChange, { id })).status).toBe(403);
    expect(await on.principal.call(contract.approveChange, { id })).toMatchObject({
      state: 'bureau',
      dueDate: '2026-12-04',
    });
    expect((await on.principal.ask(contract.approveChange, { id })).status).toBe(403);
    expect(await courseLines(on, childId)).toEqual(['2026-11-20 inSchool listed']);
    expect(await on.officer.call(contract.approveChange, { id, note: '同意休学' })).toMatchObject({ state: 'done' });
    expect((await courseLines(on, childId)).at(-1)).toBe('2026-11-20 suspended suspension');
    const transfer = await ask(on.otherRegistrar, { kind: 'transferInside', childId, toSchoolId: on.otherSchool });
    expect(transfer.status).toBe(404);
    const byBureau = await ask(on.officer, {
      kind: 'transferInside',
      childId,
      toSchoolId: on.otherSchool,
      pieces: [await piece(on, on.officer, 'application'), await piece(on, on.officer, 'residence')],
    });
    expect(byBureau.status).toBe(409);
    expect(JSON.stringify(byBureau.body)).toContain('休学期间不办理');
    const tooLong = await ask(on.registrar, { kind: 'renewal', childId, fromDay: '2027-11-20', endsOn: '2028-12-01' });
    expect(tooLong.body).toMatchObject({ detail: { issues: [{ path: 'endsOn', words: '每次休学不超过一年。' }] } });
    const renewal = await ask(on.registrar, {
      kind: 'renewal',
      childId,
      fromDay: '2027-11-20',
      endsOn: '2028-11-19',
      pieces: [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'medical', 'hospitalPaper')],
    });
    expect(renewal.body).toMatchObject({ state: 'school' });
  });

  it('ENR-24 what people write is sealed in the database, and opened on the page', async () => {
    const id = phoneId();
    await on.registrar.call(contract.askChange, {
      id,
      kind: 'emigration',
      childId: pupilAt(on, 4).id,
      fromDay: '2026-11-19',
      reason: '密语：随父母赴外',
      pieces: [await piece(on, on.registrar, 'proof')],
    });
    await on.principal.call(contract.refuseChange, { id, reason: '密语：证明不全' });
    const [raw] = await rows<{ row: string }>(
      on.world,
      `SELECT (SELECT string_agg(x::text, ' ') FROM registry_change x WHERE x.district_code = $1 AND x.id = $2) || (SELECT string_agg(v::text, ' ') FROM registry_change_event v WHERE v.district_code = $1 AND v.change_id = $2) AS row`,
      [id],
    );
    expect(raw?.row).not.toContain('密语');
    const page = await on.registrar.call(contract.getChange, { id });
    expect(page).toMatchObject({ state: 'refused', reason: '密语：随父母赴外' });
    expect(page.events.at(-1)?.text).toBe('密语：证明不全');
    expect(page.pieces).toEqual([
      { code: 'proof', label: '出入境记录或境外学校证明', paperId: expect.any(String) as string },
    ]);
  });
});

describe('transfer inside the district', () => {
  it('ENR-07 ENR-19 the receiving school starts by the papers, each party agrees in 10 working days, and arrival moves the roll', async () => {
    const pupil = pupilAt(on, 5);
    const [sealed] = await rows<{ id: string; sealed: Buffer }>(
      on.world,
      'SELECT id, sealed FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)',
      [pupil.id],
    );
    if (!sealed) throw new Error('no roll');
    const place = { table: 'enrolment', column: 'sealed', district: on.world.district, id: sealed.id };
    // as: sealed by the import with this field
    const { documentNumber } = openJson(on.world.platform.keys, place, sealed.sealed) as { documentNumber: string };
    expect(maskDocument(documentNumber, { besideBirth: true })).toContain('*');
    const id = phoneId();
    const input = {
      id,
      kind: 'transferInside' as const,
      person: { name: pupil.name, number: documentNumber },
      toSchoolId: on.otherSchool,
      fromDay: '2026-11-20',
      reason: '随父母迁居',
      pieces: [await piece(on, on.otherRegistrar, 'application'), await piece(on, on.otherRegistrar, 'residence')],
    };
    expect((await on.registrar.ask(contract.askChange, input)).status).toBe(403);
    const wrong = await on.otherRegistrar.ask(contract.askChange, {
      ...input,
      person: { name: '查无此人', number: documentNumber },
    });
    expect(wrong.status).toBe(422);
    expect(await on.otherRegistrar.call(contract.askChange, input)).toMatchObject({
      state: 'receiving',
      dueDate: '2026-12-04',
    });
    expect((await courseLines(on, pupil.id)).at(-1)).toBe('2026-11-20 transferring transferAsked');
    const page = await on.registrar.call(contract.getChange, { id });
    expect(page).toMatchObject({ ownerWords: '转入学校校长', allowed: { approve: { may: false } } });
    expect((await on.principal.ask(contract.approveChange, { id })).status).toBe(403);
    expect(await on.otherPrincipal.call(contract.approveChange, { id })).toMatchObject({ state: 'sending' });
    expect(await on.principal.call(contract.approveChange, { id })).toMatchObject({ state: 'bureau' });
    expect(await on.officer.call(contract.approveChange, { id })).toMatchObject({
      state: 'arrival',
      ownerWords: '转入学校学籍管理员',
    });
    expect((await on.registrar.ask(contract.confirmArrival, { id, day: '2026-11-20' })).status).toBe(403);
    await on.move('2026-11-24T02:00:00Z');
    expect(await on.otherRegistrar.call(contract.confirmArrival, { id, day: '2026-11-23' })).toMatchObject({
      state: 'done',
    });
    expect(await courseLines(on, pupil.id)).toEqual([
      '2026-11-20 transferring transferAsked 2026-11-23',
      '2026-11-23 inSchool transferIn',
    ]);
    // The new school reaches him now.
    expect((await on.otherRegistrar.call(contract.getCourse, { id: pupil.id })).at(-1)).toMatchObject({
      schoolId: on.otherSchool,
      stateWords: '在校',
    });
    await on.move('2026-11-20T02:00:00Z');
  });

  it('ENR-20 a withdrawn transfer leaves the pupil in school; a done change is corrected with both versions kept', async () => {
    const pupil = pupilAt(on, 6);
    const pieces = async () => [await piece(on, on.officer, 'application'), await piece(on, on.officer, 'residence')];
    const id = phoneId();
    await on.officer.call(contract.askChange, {
      id,
      kind: 'transferInside',
      childId: pupil.id,
      toSchoolId: on.otherSchool,
      fromDay: '2026-11-20',
      reason: '搬家',
      pieces: await pieces(),
    });
    expect((await on.otherRegistrar.ask(contract.withdrawChange, { id, reason: '不转了' })).status).toBe(403);
    await on.officer.call(contract.withdrawChange, { id, reason: '不转了' });
    expect((await courseLines(on, pupil.id)).at(-1)).toBe('2026-11-20 inSchool transferWithdrawn');
    const death = phoneId();
    await on.registrar.call(contract.askChange, {
      id: death,
      kind: 'death',
      childId: pupil.id,
      fromDay: '2026-11-20',
      reason: '误报',
      pieces: [await piece(on, on.registrar, 'certificate')],
    });
    await on.principal.call(contract.approveChange, { id: death });
    await on.officer.call(contract.approveChange, { id: death });
    expect((await courseLines(on, pupil.id)).at(-1)).toBe('2026-11-20 dead death');
    expect((await on.principal.ask(contract.correctChange, { id: death, reason: '误报' })).status).toBe(403);
    expect(await on.second.call(contract.correctChange, { id: death, reason: '核实为误报' })).toMatchObject({
      state: 'corrected',
    });
    expect((await courseLines(on, pupil.id)).at(-1)).toBe('2026-11-20 inSchool correction');
    const [roll] = await rows<{ school_id: string }>(
      on.world,
      'SELECT school_id FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND to_date IS NULL',
      [pupil.id],
    );
    expect(roll?.school_id).toBe(pupil.school_id);
    const [versions] = await rows<{ n: number }>(
      on.world,
      `SELECT count(*)::int AS n FROM course WHERE district_code = $1 AND child_id = $2 AND state = 'dead'`,
      [pupil.id],
    );
    expect(versions?.n).toBe(1);
  });
});

describe('the list', () => {
  it('ENR-23 filters by kind, state, school and person, pages, and exports with the national codes', async () => {
    const all = await on.officer.call(contract.listChanges, { state: 'all', size: 2 });
    expect(all.rows).toHaveLength(2);
    expect(all.total).toBe(Object.values(all.byState).reduce((sum, one) => sum + one, 0));
    const own = await on.registrar.call(contract.listChanges, { state: 'all', kind: 'suspension', size: 200 });
    expect(own.rows.length).toBeGreaterThan(1);
    expect(own.rows.every((row) => row.kind === 'suspension' && row.kindWords === '休学')).toBe(true);
    const named = await on.registrar.call(contract.listChanges, { state: 'all', q: pupilAt(on, 5).name });
    expect(named.rows.map((row) => row.name)).toContain(pupilAt(on, 5).name);
    const other = await on.otherRegistrar.call(contract.listChanges, { state: 'all', size: 200 });
    expect(other.rows.every((row) => row.schoolId === on.otherSchool || row.toSchoolId === on.otherSchool)).toBe(true);
    expect(other.total).toBeLessThan(all.total);
    const answered = await on.officer.ask(contract.exportChanges, { state: 'all' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answered.body as Parameters<typeof book.xlsx.load>[0]); // as: a download is a Buffer
    const text = JSON.stringify(book.worksheets[0]?.getSheetValues());
    expect(text).toContain('国标代码');
    expect(text).toContain('"11"');
    expect(text).toContain(`共 ${String(all.total)} 行`);
  });

  it('ENR-19 a change out of reach is not found, whatever is tried on it', async () => {
    const id = await suspended(on, 7, '2027-06-30');
    expect((await on.otherRegistrar.ask(contract.getChange, { id })).status).toBe(404);
    expect((await on.otherPrincipal.ask(contract.approveChange, { id })).status).toBe(404);
    expect((await on.otherRegistrar.ask(contract.withdrawChange, { id, reason: '试试' })).status).toBe(404);
    const { childId } = await on.officer.call(contract.getChange, { id });
    expect((await on.otherRegistrar.ask(contract.getCourse, { id: childId })).status).toBe(404);
  });
});
