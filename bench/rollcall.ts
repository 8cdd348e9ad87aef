import { randomUUID } from 'node:crypto';
import { getRollCall, markRollCall } from '#contract/attendance.ts';
import { listStandings } from '#contract/attendance-views.ts';
import { listRoster } from '#contract/enrolment.ts';
import { listChildren } from '#contract/population.ts';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import type { Platform } from '#server/http/context.ts';
import { newSecret, secretHash } from '#server/http/sessions.ts';
import { install, option, percentile, printTable } from './installation.ts';
import { loadLists } from './lists.ts';
import { type GeneratedChild } from './match-data.ts';
import { rosterRow } from './match-rows.ts';
import { makeChildren } from './roster-file.ts';

/** `npm run -s bench:rollcall -- --classes 1850`: every class is opened and marked by the phone of its own teacher while the bureau reads lists. */
const classes = option('classes', 1850, true);
const pupilsOfClass = 45;
const classesOfSchool = 22;
const phonesAtOnce = 8;
const day = '2026-11-20';
// A Friday at nine, whatever day it is here: roll calls are made on school days.
process.env['BAOXUE_TEST_CLOCK'] = `${day}T09:00:00+08:00`;

/** A class's teacher with a session, as a phone holds it. */
interface Phone {
  classId: string;
  cookie: string;
}

const placeOf = (index: number) => {
  const room = Math.floor(index / pupilsOfClass);
  const inSchool = room % classesOfSchool;
  return {
    school: Math.floor(room / classesOfSchool) + 1,
    grade: 1 + (inSchool % 6),
    no: 1 + Math.floor(inSchool / 6),
  };
};

function inClasses(children: readonly GeneratedChild[]): GeneratedChild[] {
  return children.map((child, index) => {
    const { school, grade } = placeOf(index);
    const no = String(school).padStart(2, '0');
    return { ...child, grade, schoolCode: `21420102${no}`, schoolName: `测速第${no}小学` };
  });
}

/** A teacher with post, account and session for every class, written by the loader. */
async function makePhones(platform: Platform, district: string): Promise<Phone[]> {
  const pool = platform.database.loaderPool;
  const rooms = await pool.query<{ id: string }>('SELECT id FROM school_class WHERE district_code = $1', [district]);
  const now = platform.clock.now();
  const phones: Phone[] = [];
  for (const room of rooms.rows) {
    const [staff, account, secret] = [randomUUID(), randomUUID(), newSecret()];
    await pool.query(`INSERT INTO staff (district_code, id, name, created_at) VALUES ($1, $2, '测速班主任', $3)`, [
      district,
      staff,
      now,
    ]);
    await pool.query(
      `INSERT INTO post (district_code, staff_id, role, unit_kind, unit_id, from_date, approved_by, approved_at) VALUES ($1, $2, 'classTeacher', 'class', $3, $4::date, '测速', $5)`,
      [district, staff, room.id, day, now],
    );
    await pool.query(
      `INSERT INTO account (district_code, id, staff_id, login, password_hash, password_set_at, created_at) VALUES ($1, $2, $3, $4, 'none', $5, $5)`,
      [district, account, staff, `phone-${staff}`, now],
    );
    await pool.query(
      `INSERT INTO session (token_hash, district_code, account_id, created_at, seen_at, expires_at, second_factor, device) VALUES ($1, $2, $3, $4, $4, $4::timestamptz + interval '8 hours', true, 'phone')`,
      [secretHash(secret), district, account, now],
    );
    phones.push({ classId: room.id, cookie: `baoxue_session=${secret}` });
  }
  return phones;
}

let phones: Phone[] = [];
process.stdout.write(`loading ${String(classes)} classes of ${String(pupilsOfClass)} pupils\n`);
const installation = await install(async (platform, district) => {
  const children = inClasses(makeChildren(classes * pupilsOfClass));
  const numbers = new Map(children.map((child, index) => [child.registryNo, placeOf(index).no] as const));
  await loadLists(platform, district, [], children, (child) => ({
    ...rosterRow(child),
    classNo: `${String(child.grade).padStart(2, '0')}${String(numbers.get(child.registryNo) ?? 1).padStart(2, '0')}`,
  }));
  phones = await makePhones(platform, district);
});

/** Calls the server with the session of a phone. */
async function asPhone<E extends Endpoint>(phone: Phone, endpoint: E, input: InputOf<E>): Promise<OutputOf<E>> {
  const post = endpoint.method === 'POST';
  const query = post ? '' : `?${new URLSearchParams(input as Record<string, string>).toString()}`; // as: plain inputs of this file
  const answered = await fetch(`${installation.url}${endpoint.path}${query}`, {
    method: endpoint.method,
    headers: {
      cookie: phone.cookie,
      'x-baoxue': '1',
      ...(post ? { 'content-type': 'application/json', 'x-request-id': randomUUID() } : {}),
    },
    ...(post ? { body: JSON.stringify(input) } : {}),
  });
  if (!answered.ok) throw new Error(`${endpoint.name}: ${String(answered.status)} ${await answered.text()}`);
  return (await answered.json()) as OutputOf<E>; // as: the server parsed it with the endpoint's output schema
}

const marks: number[] = [];
/** What a teacher does: opens the class and names two who are away. */
async function markOne(phone: Phone): Promise<void> {
  const roll = await asPhone(phone, getRollCall, { classId: phone.classId, day, part: 'morning' });
  const begun = performance.now();
  await asPhone(phone, markRollCall, {
    id: randomUUID(),
    classId: phone.classId,
    day,
    absent: roll.pupils.slice(3, 5).map((pupil, index) => ({
      id: randomUUID(),
      childId: pupil.childId,
      kind: index === 0 ? ('unexcused' as const) : ('illness' as const),
    })),
  });
  marks.push(performance.now() - begun);
}

try {
  if (phones.length !== classes) throw new Error(`${String(phones.length)} classes instead of ${String(classes)}`);
  const lists = [
    (turn: number) => installation.call(listChildren, { page: 1 + (turn % 40), size: 50 }),
    (turn: number) => installation.call(listRoster, { page: 1 + (turn % 40), size: 50 }),
    (turn: number) => installation.call(listStandings, { page: 1 + (turn % 5), size: 50 }),
  ];
  for (const list of lists) await list(0);
  const latencies: number[] = [];
  const waiting = [...phones];
  const begun = performance.now();
  const reading = (async () => {
    for (let turn = 0; waiting.length > 0; turn += 1) {
      const before = performance.now();
      await lists[turn % lists.length]?.(turn);
      latencies.push(performance.now() - before);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await Promise.all(
    Array.from({ length: phonesAtOnce }, async () => {
      for (let phone = waiting.pop(); phone; phone = waiting.pop()) await markOne(phone);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await reading;
  const kept = await installation.platform.database.loaderPool.query<{ calls: number; present: number; away: number }>(
    `SELECT count(*)::int AS calls, sum(present)::int AS present, (SELECT count(*)::int FROM absence WHERE district_code = $1) AS away FROM roll_call WHERE district_code = $1`,
    [installation.district],
  );
  const { calls, present, away } = kept.rows[0] ?? { calls: 0, present: 0, away: 0 };
  if (calls !== classes || present + away !== classes * pupilsOfClass)
    throw new Error(`kept ${String(calls)} roll calls of ${String(present)} present and ${String(away)} away`);
  const result = {
    classes,
    seconds: Number(seconds.toFixed(1)),
    listP99ms: Math.round(percentile(latencies, 0.99)),
  };
  printTable([
    {
      ...result,
      pupils: present + away,
      markP50ms: Math.round(percentile(marks, 0.5)),
      markP99ms: Math.round(percentile(marks, 0.99)),
      listCalls: latencies.length,
      listP50ms: Math.round(percentile(latencies, 0.5)),
    },
  ]);
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  await installation.stop();
}
