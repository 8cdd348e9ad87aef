import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '#contract/endpoint.ts';
import * as contract from '#contract/enrolment-changes.ts';
import { placeLeavers } from '#contract/enrolment-year.ts';
import { listFigureNames } from '#contract/statistics-figures.ts';
import { changeRules, papersFor, unlawfulChanges } from '#domain/enrolment/change-rules.ts';
import { changeKinds, unlawfulKinds, type ChangeKind } from '#domain/enrolment/changes-record.ts';
import type { CoursePart } from '#domain/statistics/record.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { moveChild } from './course.ts';
import { ask, courseLines, openChangeWorld, piece, pupilAt, secondClass, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
let school: string;
let rooms: { grade4: string; grade5: string };
let junior: string;
let juniorRegistrar: Person;
let outside: string[];
const tried = new Set<ChangeKind>();

beforeAll(async () => {
  on = await openChangeWorld();
  school = pupilAt(on, 0).school_id;
  rooms = { grade4: (await secondClass(on, 4)).id, grade5: (await secondClass(on, 5)).id };
  junior = (await rows<{ id: string }>(on.world, `SELECT id FROM school WHERE district_code = $1 AND stage = 'junior' ORDER BY code LIMIT 1`))[0]?.id ?? ''; // prettier-ignore
  juniorRegistrar = await on.world.person('registrar', junior);
  outside = (
    await rows<{ id: string }>(
      on.world,
      `SELECT c.id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM course e WHERE e.district_code = $1 AND e.child_id = c.id) AND NOT EXISTS (SELECT 1 FROM enrolment_claim e WHERE e.district_code = $1 AND e.child_id = c.id) ORDER BY c.id`,
    )
  ).map((row) => row.id);
  await on.move('2026-11-25T02:00:00Z');
});
afterAll(() => on.world.stop());

const day = '2026-11-25';
type Input = Partial<InputOf<typeof contract.askChange>>;

/** Lets a change go from its application through every party to its end; answers its id. */
async function through(kind: ChangeKind, by: Person, input: Input): Promise<string> {
  const id = phoneId();
  const pieces = [];
  for (const { code } of papersFor(kind, false))
    pieces.push(await piece(on, by, code, code === 'medical' ? 'hospitalPaper' : 'scan'));
  await by.call(contract.askChange, { fromDay: day, reason: '依家长申请', ...input, id, kind, pieces });
  tried.add(kind);
  for (const state of changeRules[kind].route) {
    const { state: now } = await on.officer.call(contract.getChange, { id });
    expect([kind, now]).toEqual([kind, state]);
    const receiving = input.toSchoolId === on.otherSchool;
    if (state === 'arrival') {
      const out = kind.startsWith('transferOut');
      const proof = out ? { proofPaperId: (await piece(on, on.registrar, 'proof')).paperId } : {};
      await (receiving ? on.otherRegistrar : on.registrar).call(contract.confirmArrival, { id, day, ...proof });
    } else if (state === 'elsewhere')
      await on.officer.call(contract.approveChange, { id, replyPaperId: (await piece(on, on.officer, 'reply', 'reply')).paperId }); // prettier-ignore
    else if (state === 'bureau') await on.second.call(contract.approveChange, { id });
    else await (state === 'receiving' && receiving ? on.otherPrincipal : on.principal).call(contract.approveChange, { id }); // prettier-ignore
  }
  expect((await on.officer.call(contract.getChange, { id })).state).toBe('done');
  return id;
}

const last = async (childId: string) => (await courseLines(on, childId)).at(-1) ?? '';
const rollOf = async (childId: string) =>
  (
    await rows<{ school_id: string; class_id: string | null; grade: number }>(
      on.world,
      'SELECT school_id, class_id, grade FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND to_date IS NULL',
      [childId],
    )
  )[0] ?? null;
/** Whether the week counts the child in a component of a scope. */
const counted = async (childId: string, part: CoursePart, scopeKey: string, scopeKind: 'school' | 'class' = 'school') =>
  (await on.officer.call(listFigureNames, { period: 'week', scopeKind, scopeKey, part, size: 200 })).rows.some((row) => row.childId === childId); // prettier-ignore

describe('each kind from its application to its effect', () => {
  it('ENR-34 transfers: inside the district, in from and out to others', async () => {
    const inside = pupilAt(on, 0);
    await through('transferInside', on.officer, { childId: inside.id, toSchoolId: on.otherSchool });
    expect(await last(inside.id)).toBe(`${day} inSchool transferIn`);
    expect(await rollOf(inside.id)).toMatchObject({ school_id: on.otherSchool });
    expect([await counted(inside.id, 'Out', school), await counted(inside.id, 'In', on.otherSchool)]).toEqual([true, true]); // prettier-ignore
    for (const [index, kind] of (['transferOutProvince', 'transferOutOther'] as const).entries()) {
      const { id: childId } = pupilAt(on, 1 + index);
      await through(kind, on.registrar, { childId, elsewhere: '外地小学' });
      expect([await last(childId), await rollOf(childId), await counted(childId, 'Out', school)]).toEqual([`${day} out transferArrived`, null, true]); // prettier-ignore
    }
    for (const [index, kind] of (['transferInProvince', 'transferInOther'] as const).entries()) {
      const childId = outside[index] ?? '';
      await through(kind, on.officer, { childId, toSchoolId: school, toClassId: rooms.grade4, toGrade: 4, elsewhere: '外地小学' }); // prettier-ignore
      expect([await last(childId), await rollOf(childId)]).toEqual([`${day} inSchool transferIn`, { school_id: school, class_id: rooms.grade4, grade: 4 }]); // prettier-ignore
      expect(await counted(childId, 'In', school)).toBe(true);
    }
  });

  it('ENR-34 entry and deferral of children on no roll', async () => {
    const [, , enters = '', defers = ''] = outside;
    await through('entry', on.officer, { childId: enters, toSchoolId: school, toClassId: rooms.grade4, toGrade: 4 });
    expect([await last(enters), await counted(enters, 'New', school)]).toEqual([`${day} inSchool entry`, true]);
    await through('deferral', on.officer, { childId: defers, endsOn: '2027-08-31' });
    expect([await courseLines(on, defers), await rollOf(defers)]).toEqual([[], null]);
  });

  it('ENR-34 suspension, its renewal and the return', async () => {
    const { id: childId, class_id } = pupilAt(on, 3);
    await through('suspension', on.registrar, { childId, endsOn: '2027-01-15' });
    expect([await last(childId), await counted(childId, 'Susp', school)]).toEqual([
      `${day} suspended suspension`,
      true,
    ]);
    expect(await rollOf(childId)).toMatchObject({ class_id });
    await through('renewal', on.registrar, { childId, fromDay: '2027-01-15', endsOn: '2027-11-24' });
    expect(await last(childId)).toBe(`${day} suspended suspension`);
    await on.move('2026-12-02T02:00:00Z');
    await through('resumption', on.registrar, { childId, fromDay: '2026-12-02' });
    expect(await last(childId)).toBe('2026-12-02 inSchool resumed');
    expect(await counted(childId, 'Back', school)).toBe(true);
    await on.move('2026-11-25T02:00:00Z');
  });

  it('ENR-34 repeat, skip and class change move inside the school', async () => {
    for (const [index, kind] of (['repeat', 'classChange', 'skip'] as const).entries()) {
      const { id: childId, class_id } = pupilAt(on, 4 + index);
      const [toClassId, toGrade] = kind === 'skip' ? [rooms.grade5, 5] : [rooms.grade4, 4];
      await through(kind, on.registrar, { childId, toClassId, toGrade });
      expect([await last(childId), await rollOf(childId)]).toEqual([`${day} inSchool ${kind}`, { school_id: school, class_id: toClassId, grade: toGrade }]); // prettier-ignore
      expect([kind, await counted(childId, 'MoveIn', toClassId, 'class'), await counted(childId, 'MoveOut', class_id, 'class')]).toEqual([kind, true, true]); // prettier-ignore
    }
  });

  it('ENR-34 places beside the roll leave course and roll as they are', async () => {
    const places = [
      ['attending', 'hospital', { place: '区人民医院', placeKind: 'hospital' }],
      ['specialised', 'correctionSchool', { place: '区专门学校' }],
      ['inclusive', 'regularClass', {}],
      ['homeTeaching', 'home', { quota: 8 }],
    ] as const;
    for (const [index, [kind, placeKind, input]] of places.entries()) {
      const { id: childId, class_id } = pupilAt(on, 7 + index);
      await through(kind, kind === 'specialised' ? on.officer : on.registrar, { childId, ...input });
      const found = await rows<{ kind: string }>(
        on.world,
        'SELECT kind FROM attending_place WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)',
        [childId],
      );
      expect([found, await rollOf(childId)]).toMatchObject([[{ kind: placeKind }], { class_id }]);
      expect([await last(childId), await counted(childId, 'S1', class_id, 'class')]).toEqual([
        '2026-11-20 inSchool listed',
        true,
      ]);
    }
  });

  it('ENR-34 death and emigration end course and roll; a leaver is placed', async () => {
    for (const [index, kind, line, part] of [
      [11, 'death', `${day} dead death`, 'Dead'],
      [12, 'emigration', `${day} abroad emigration`, 'Abroad'],
    ] as const) {
      const { id: childId } = pupilAt(on, index);
      await through(kind, on.registrar, { childId });
      expect([await last(childId), await rollOf(childId), await counted(childId, part, school)]).toEqual([line, null, true]); // prettier-ignore
    }
    const { id: childId } = pupilAt(on, 13);
    await on.whole((context) => moveChild(context, { childId, day, state: 'leaver', cause: 'leaving' }));
    expect(await on.officer.call(placeLeavers, { childIds: [childId], toSchoolId: junior, reportDay: '2026-11-26' })).toMatchObject({ placed: 1, refused: [] }); // prettier-ignore
    tried.add('placement');
    const [change] = (await on.officer.call(contract.listChanges, { childId })).rows;
    await on.move('2026-11-26T02:00:00Z');
    await juniorRegistrar.call(contract.confirmArrival, { id: change?.id ?? '', day: '2026-11-26' });
    expect([await last(childId), await rollOf(childId)]).toMatchObject(['2026-11-26 inSchool placement', { school_id: junior }]); // prettier-ignore
    expect([await counted(childId, 'MoveOut', school), await counted(childId, 'MoveIn', junior)]).toEqual([true, true]);
  });

  it('ENR-34 no kind was left out, and every unlawful one is refused with its clause', async () => {
    expect([...tried].sort()).toEqual([...changeKinds].sort());
    for (const kind of unlawfulKinds) {
      const refused = await ask(on.registrar, { kind, childId: pupilAt(on, 14).id });
      expect([kind, refused.status]).toEqual([kind, 422]);
      expect(JSON.stringify(refused.body)).toContain(unlawfulChanges[kind]);
    }
  });
});
