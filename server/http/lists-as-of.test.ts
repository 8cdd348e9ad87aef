import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAbsence, markRollCall } from '#contract/attendance.ts';
import { listTallies } from '#contract/attendance-views.ts';
import { keepRecord } from '#contract/books-records.ts';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { exportCases } from '#contract/dropout-ledgers.ts';
import type { Endpoint, OutputOf } from '#contract/endpoint.ts';
import { approveChange, askChange, exportChanges } from '#contract/enrolment-changes.ts';
import { exportRoster } from '#contract/enrolment.ts';
import { getCoverage, recordSurvey } from '#contract/households.ts';
import { endpoints } from '#contract/index.ts';
import { exportList, listsAsOf, listsThatLeave } from '#contract/lists.ts';
import { issueDocument, recordService, voidDocument } from '#contract/notices.ts';
import { editChild, exportChildren, listChildren } from '#contract/population.ts';
import { endPlan, makePlan, planCoverage } from '#contract/visit-plans.ts';
import { exportVisits, recordVisit } from '#contract/visits.ts';
import { openChangeWorld, pupilAt, secondClass, suspended, type ChangeWorld } from '#server/areas/enrolment/testing.ts';
import { phoneId, pupilOf, reportOf } from '#server/areas/dropout/testing.ts';
import { noticeFor } from '#server/areas/notices/testing.ts';
import { cellsOf, signature } from '#server/areas/population/testing.ts';
import { drawn, visitOf } from '#server/areas/visits/testing.ts';
import { rows } from '#server/testing/reach.ts';

let on: ChangeWorld;
/** What stood, and when it was asked. */
let before: { day: string; knownAt: string; answers: Map<string, unknown> };
let ids: {
  plan: string;
  absence: string;
  documents: string[];
  caseId: string;
  change: string;
  householdId: string;
  room: string;
};

type Asked = Record<string, string | number>;
const day = '2026-11-20';
const span = { from: '2026-11-16', to: day };

/** What each list is asked beside the pair. */
function inputsOf(): Record<string, Asked[]> {
  const schoolId = pupilOf(on, 0).school_id;
  return {
    'attendance.listAbsentees': (['unexcused', 'unanswered', 'leave', 'crossed'] as const).map((figure) => ({ ...span, figure })), // prettier-ignore
    'attendance.listGaps': [{ ...span, schoolId }],
    'attendance.listRollCalls': [span],
    'attendance.listStandings': [{}, { schoolId }, { crossed: 'yes' }],
    'books.listRecords': [{}, { kind: 'activity' }],
    'dropout.listCases': [{}, { state: 'all' }, { state: 'suspected' }, { overdue: 'yes' }, { mine: 'yes' }, { q: pupilOf(on, 2).name }], // prettier-ignore
    'duties.listDuties': [{ scope: 'unit', state: 'all' }, { scope: 'unit' }, { scope: 'mine' }, { scope: 'unit', when: 'overdue' }], // prettier-ignore
    'enrolment.listChanges': [{}, { state: 'all' }, { schoolId }],
    'enrolment.listLeavers': [{}, { show: 'unplaced' }],
    'enrolment.listRoster': [{ schoolId }, { schoolId, grade: 4 }, { q: pupilOf(on, 0).name }],
    'notices.listDocuments': [{}, { state: 'unserved' }, { state: 'voided' }, { state: 'served' }],
    'population.listChildren': [{}, { schoolId }, { standing: 'enrolled' }, { tag: 'orphan' }, { sort: 'birth', subdistrict: pupilOf(on, 0).subdistrict }], // prettier-ignore
    'population.listHouseholds': [{}, { surveyed: 'yes' }, { surveyed: 'no' }, { q: pupilOf(on, 0).name }],
    'visits.listPlanItems': [{ id: ids.plan }, { id: ids.plan, by: 'household' }, { id: ids.plan, state: 'uncovered' }],
    'visits.listPlans': [{}, { live: 'yes' }],
    'visits.listVisits': [{}, { met: 'yes' }],
  };
}

function endpointOf(name: string): Endpoint {
  const found = endpoints.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
}

/** Parts of a row that a list of the past tells in its own way: the next step of a case in the words of its duty, what may be done. */
function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === 'nextWords' || key === 'allowed' ? undefined : part)),
  ) as unknown; // as: what JSON gives
}

/** Every list with every filter, as of a day and as known at a moment; nothing given means now. */
async function answersOf(pair: { day?: string; knownAt?: string }): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const [name, kind] of Object.entries(listsAsOf)) {
    const asked = kind === 'pair' ? pair : pair.knownAt === undefined ? {} : { knownAt: pair.knownAt };
    for (const input of inputsOf()[name] ?? [{}]) {
      const answered = await on.officer.ask(endpointOf(name), { ...input, ...asked, size: 200 });
      const key = `${name} ${JSON.stringify(input)}`;
      expect([key, answered.status, answered.status === 200 ? '' : answered.body]).toEqual([key, 200, '']);
      answers.set(key, comparable(answered.body));
    }
  }
  const coverage = await on.officer.call(getCoverage, pair);
  answers.set('coverage', comparable(coverage));
  answers.set('plan', comparable(await on.officer.call(planCoverage, { id: ids.plan, ...pair })));
  const known = pair.knownAt === undefined ? {} : { knownAt: pair.knownAt };
  answers.set('tallies', comparable(await on.officer.call(listTallies, { ...span, ...known })));
  return answers;
}

async function actFirst(): Promise<void> {
  const { teacher, principal, world } = on;
  const first = pupilOf(on, 0);
  const [, second, third, fourth] = on.pupils;
  if (!second || !third || !fourth) throw new Error('too few pupils');
  const absence = phoneId();
  await teacher.call(markRollCall, {
    id: phoneId(),
    classId: first.class_id,
    day,
    part: 'morning',
    absent: [
      { id: absence, childId: first.id, kind: 'unexcused' },
      { id: phoneId(), childId: second.id, kind: 'unexcused' },
    ],
    reason: '',
  });
  const { caseId } = await teacher.call(reportDropout, reportOf(third.id));
  const documents = [phoneId(), phoneId()];
  for (const [at, id] of documents.entries())
    await teacher.call(issueDocument, noticeFor(world, pupilOf(on, at).id, { id }));
  const plan = world.platform.newId();
  await principal.call(makePlan, { id: plan, kind: 'term', name: '本学期走访', schoolId: first.school_id, from: '2026-11-16', to: '2026-12-31', preview: false }); // prettier-ignore
  await teacher.call(recordVisit, visitOf(world, fourth.id));
  const change = await suspended(on, 1, '2027-06-30');
  const room = await secondClass(on, 4);
  await principal.call(keepRecord, {
    id: phoneId(),
    written: { kind: 'activity', sort: 'publicity', schoolId: first.school_id, day, title: '主题班会' },
  });
  const [home] = await rows<{ id: string }>(
    world,
    `SELECT household_id AS id FROM register_entry WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [first.id],
  );
  ids = { plan, absence, documents, caseId, change, householdId: home?.id ?? '', room: room.id };
}

async function actLater(): Promise<void> {
  const { teacher, principal, officer, registrar, world } = on;
  await teacher.call(answerAbsence, { id: ids.absence, answer: 'illness' });
  await principal.call(confirmCase, { id: ids.caseId });
  const [serve = '', avoid = ''] = ids.documents;
  await teacher.call(recordService, { id: serve, serviceId: phoneId(), mode: 'inPerson', day, recipient: '李大海', servers: ['周老师'], signature: drawn(0.3) }); // prettier-ignore
  await teacher.call(voidDocument, { id: avoid, reason: '填错家长' });
  await teacher.call(recordVisit, visitOf(world, pupilOf(on, 4).id));
  await principal.call(endPlan, { id: ids.plan, reason: '改为逐户走访' });
  await principal.call(approveChange, { id: ids.change });
  await officer.call(approveChange, { id: ids.change });
  await principal.call(keepRecord, {
    id: phoneId(),
    written: { kind: 'activity', sort: 'publicity', schoolId: pupilOf(on, 0).school_id, day, title: '后来补记的班会' },
  });
  await officer.call(editChild, { id: pupilOf(on, 0).id, reason: '入户核实', tags: ['orphan'], studyStatus: 'elsewhere' }); // prettier-ignore
  await officer.call(recordSurvey, { id: phoneId(), householdId: ids.householdId, day, result: 'refused', signature });
  const moved = phoneId();
  await registrar.call(askChange, { id: moved, kind: 'classChange', childId: pupilAt(on, 2).id, fromDay: day, toClassId: ids.room, reason: '班额调整' }); // prettier-ignore
  await principal.call(approveChange, { id: moved });
}

beforeAll(async () => {
  on = await openChangeWorld();
  await actFirst();
  await on.move('2026-11-20T03:00:00Z');
  before = { day, knownAt: '2026-11-20T03:00:00.000000Z', answers: await answersOf({}) };
});
afterAll(() => on.world.stop());

describe('lists as of a day and as known at a moment', () => {
  it('PLT-23 asked as known at this moment, every list answers what it answers now', async () => {
    const same = await answersOf({ knownAt: before.knownAt });
    for (const [key, now] of before.answers) expect([key, same.get(key)]).toEqual([key, now]);
  });

  it('PLT-23 POP-09 ENR-52 DRP-52 ATT-34 VIS-17 DUT-35 NOT-23 BOK-25 what is entered later changes no list of that day and moment', async () => {
    await on.move('2026-11-20T05:00:00Z');
    await actLater();
    await on.move('2026-11-20T06:00:00Z');
    const changed = await answersOf({});
    const differ = [...before.answers].filter(
      ([key, answer]) => JSON.stringify(changed.get(key)) !== JSON.stringify(answer),
    );
    const moved = new Set(differ.map(([key]) => key.split(' ')[0]));
    expect([...moved].sort()).toEqual([
      'attendance.listAbsentees',
      'attendance.listGaps',
      'attendance.listRollCalls',
      'attendance.listStandings',
      'books.listRecords',
      'coverage',
      'dropout.listCases',
      'duties.listDuties',
      'enrolment.listChanges',
      'enrolment.listRoster',
      'notices.listDocuments',
      'plan',
      'population.listChildren',
      'population.listHouseholds',
      'tallies',
      'visits.listPlanItems',
      'visits.listPlans',
      'visits.listVisits',
    ]);
    const then = await answersOf({ day, knownAt: before.knownAt });
    for (const [key, answer] of before.answers) expect([key, then.get(key)]).toEqual([key, answer]);
  });

  it('PLT-23 ATT-34 a roll call made late is unknown before it, and the next days change nothing of that day', async () => {
    await on.move('2026-11-24T02:00:00Z');
    const [other] = await rows<{ id: string }>(
      on.world,
      `SELECT class_id AS id FROM enrolment WHERE district_code = $1 AND school_id = $2 AND class_id NOT IN ($3, $4) AND upper_inf(known) ORDER BY class_id LIMIT 1`,
      [pupilOf(on, 0).school_id, pupilOf(on, 0).class_id, ids.room],
    );
    const classId = other?.id ?? '';
    const colleague = await on.world.person('classTeacher', classId, '夏老师');
    await colleague.call(markRollCall, { id: phoneId(), classId, day, part: 'morning', absent: [], reason: '外出教研，补点' }); // prettier-ignore
    await on.move('2026-11-25T02:00:00Z');
    const then = await answersOf({ day, knownAt: before.knownAt });
    for (const [key, answer] of before.answers) expect([key, then.get(key)]).toEqual([key, answer]);
    const now = await answersOf({});
    const gaps = [...now.keys()].filter((key) => key.startsWith('attendance.listGaps') || key.startsWith('attendance.listRollCalls')); // prettier-ignore
    for (const key of gaps) expect([key, now.get(key)]).not.toEqual([key, before.answers.get(key)]);
  });

  it('PLT-23 POP-09 as of a day and as known now, what became known of that day later is among it', async () => {
    const tagged = (pair: { day?: string; knownAt?: string }) =>
      on.officer.call(listChildren, { tag: 'orphan', size: 200, ...pair });
    const first = pupilOf(on, 0).id;
    const has = async (pair: { day?: string; knownAt?: string }) =>
      (await tagged(pair)).rows.some((row) => row.id === first);
    expect([await has({}), await has({ day, knownAt: before.knownAt }), await has({ day })]).toEqual([
      true,
      false,
      true,
    ]);
    expect((await tagged({ day: '2026-08-01' })).rows.some((row) => row.id === first)).toBe(false);
  });

  it('PLT-23 what is still to come is refused, by day and by moment, and so is no moment at all', async () => {
    for (const pair of [{ day: '2026-11-26' }, { knownAt: '2026-11-25T09:00:00.000000Z' }, { knownAt: '昨天' }]) {
      const answered = await on.officer.ask(listChildren, pair);
      expect([pair, answered.status]).toEqual([pair, 422]);
    }
    expect(JSON.stringify((await on.officer.ask(listChildren, { day: '2026-11-26' })).body)).toContain('今天和以前');
  });

  it('PLT-23 every sheet of a list that takes the pair names day and moment in its head and has the rows of then', async () => {
    const pair = { day, knownAt: before.knownAt };
    const head = '截至2026年11月20日，按2026年11月20日11:00所知';
    for (const [name, kind] of Object.entries(listsAsOf)) {
      if (!listsThatLeave.includes(name)) continue;
      const input = inputsOf()[name]?.[0] ?? {};
      const asked = kind === 'pair' ? pair : { knownAt: pair.knownAt };
      const sheet = await on.officer.ask(exportList, { list: name, ...input, ...asked });
      expect([name, sheet.status]).toEqual([name, 200]);
      const text = cellsOf(sheet.body).flat().join('\n');
      expect([name, text.includes(kind === 'pair' ? head : '按2026年11月20日11:00所知')]).toEqual([name, true]);
      // as: every answer of a list has its count
      const answer = before.answers.get(`${name} ${JSON.stringify(input)}`) as { total: number };
      expect([name, text.includes(`共 ${String(answer.total)} 行，导出完整`)]).toEqual([name, true]);
    }
    const own = [exportChildren, exportRoster, exportChanges, exportCases, exportVisits] as const;
    for (const endpoint of own) {
      const sheet = await on.officer.ask(endpoint, pair);
      expect([endpoint.name, cellsOf(sheet.body).flat().join('\n').includes(head)]).toEqual([endpoint.name, true]);
    }
  });

  it('PLT-23 whoever reaches less sees of the past what he reaches, and no more', async () => {
    const pair = { day, knownAt: before.knownAt };
    type Children = OutputOf<typeof listChildren>;
    const own: Children = await on.teacher.call(listChildren, { size: 200, ...pair });
    const all: Children = await on.officer.call(listChildren, { size: 200, ...pair });
    expect([own.total > 0, own.total < all.total]).toEqual([true, true]);
    for (const row of own.rows) expect(row.className).toBe(own.rows[0]?.className);
  });
});
