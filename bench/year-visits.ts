import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { addCalendarDays, daysBetween } from '#domain/basics/calendar.ts';
import { contentVersion } from '#domain/visits/content.ts';
import type { VisitContent } from '#domain/visits/record.ts';
import { printOf } from '#server/areas/visits/shown.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Platform } from '#server/http/context.ts';
import { today, type YearGround, type YearPupil } from './year-ground.ts';

/** What the year of visits came to. */
export interface VisitsLoaded {
  plans: number;
  items: number;
  visits: number;
  signatures: number;
}

/** A visit in the making: whom, for which item of a plan, on which day. */
interface Made {
  id: string;
  pupil: YearPupil;
  day: string;
  mode: 'door' | 'phone';
  met: boolean;
}

interface Item {
  id: string;
  plan: string;
  pupil: YearPupil;
  from: string;
  due: string;
  to: string;
  done: Made | null;
}

type Cell = string | number | boolean | Buffer | readonly string[] | null;

function cell(value: Cell): string {
  if (value === null) return '\\N';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (Array.isArray(value)) return `{${value.join(',')}}`;
  return String(value).replace(/[\\\t\n\r]/g, ' ');
}

/** Copies rows into a table by the loader, some thousand a piece. */
async function copy(
  client: pg.PoolClient,
  table: string,
  columns: string,
  rows: Iterable<readonly Cell[]>,
): Promise<number> {
  let count = 0;
  function* pieces() {
    let piece = '';
    for (const row of rows) {
      count += 1;
      piece += `${row.map(cell).join('\t')}\n`;
      if (piece.length > 500_000) {
        yield piece;
        piece = '';
      }
    }
    if (piece !== '') yield piece;
  }
  await pipeline(Readable.from(pieces()), client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`)));
  return count;
}

const at = (day: string) => `${day}T10:00:00.000Z`;

/** The plans of both terms: nineteen of twenty pupils were visited, some after an attempt; the last weeks of the year are still open. */
function plan(ground: YearGround): {
  plans: { id: string; school: string; from: string; to: string; name: string }[];
  items: Item[];
  visits: Made[];
} {
  const plans: { id: string; school: string; from: string; to: string; name: string }[] = [];
  const items: Item[] = [];
  const visits: Made[] = [];
  for (const [number, term] of ground.terms.entries()) {
    const bySchool = new Map<string, string>();
    const span = daysBetween(term.from, term.to);
    for (const [index, pupil] of ground.pupils.entries()) {
      let id = bySchool.get(pupil.school);
      if (id === undefined) {
        id = randomUUID();
        bySchool.set(pupil.school, id);
        plans.push({
          id,
          school: pupil.school,
          from: term.from,
          to: term.to,
          name: `第${number === 0 ? '一' : '二'}学期全员家访`,
        });
      }
      const due = addCalendarDays(term.from, (index * 7) % (span + 1));
      const day = due < today ? due : null;
      const done = day !== null && index % 20 !== 7;
      const made: Made | null = done
        ? { id: randomUUID(), pupil, day, mode: index % 5 < 3 ? 'door' : 'phone', met: true }
        : null;
      if (made) visits.push(made);
      if (day !== null && index % 25 === 7) visits.push({ id: randomUUID(), pupil, day, mode: 'door', met: false });
      items.push({ id: randomUUID(), plan: id, pupil, from: term.from, due, to: term.to, done: made });
    }
  }
  return { plans, items, visits };
}

function contentOf(visit: Made): VisitContent {
  const { pupil } = visit;
  return {
    shown: {
      name: pupil.name,
      className: `${pupil.schoolName} ${pupil.roomName}`,
      address: pupil.address.slice(0, 200),
    },
    visitors: [{ staffId: pupil.teacher, name: '测速班主任' }],
    companions: '',
    guardian: visit.met ? { name: '李大海', relation: '父亲' } : null,
    notMet: visit.met ? null : { reason: 'notHome', words: '' },
    purpose: visit.met ? '了解学生在家学习和生活情况，宣传义务教育法' : '',
    members: visit.met ? '父母、祖母' : '',
    family: visit.met ? '父母均在本市务工，祖母同住照看，家庭收入稳定，居住条件一般' : '',
    atSchool: visit.met ? '上课认真，作业能按时完成，与同学相处融洽' : '',
    atHome: visit.met ? '周末有上网，父母能够管束' : '',
    analysis: '',
    opinion: visit.met ? '支持学校工作，保证孩子按时上学' : '',
    measures: visit.met ? '每月联系一次' : '改日再访',
    nextDay: null,
    location: null,
  };
}

/** Loads plans, items, visits and signatures, sealed as the platform seals them. */
export async function loadVisits(platform: Platform, district: string, ground: YearGround): Promise<VisitsLoaded> {
  const { plans, items, visits } = plan(ground);
  const { keys } = platform;
  const prints = new Map<string, Buffer>();
  const signed = visits.filter((one) => one.mode === 'door' && one.met);
  function* visitRows(): Generator<readonly Cell[]> {
    for (const one of visits) {
      const content = contentOf(one);
      const print = printOf(contentVersion, { mode: one.mode, at: at(one.day), content });
      prints.set(one.id, print);
      const sealed = sealJson(keys, { table: 'visit', column: 'sealed', district, id: one.id }, content);
      const { pupil } = one;
      yield [district, one.id, one.id, 1, pupil.id, pupil.household, pupil.school, pupil.room, one.mode, one.met, one.met ? null : 'notHome', one.day, at(one.day), [pupil.teacher], false, contentVersion, print, sealed, 'loader', '测速班主任', `[${at(one.day)},)`, pupil.reach]; // prettier-ignore
    }
  }
  function* signatureRows(): Generator<readonly Cell[]> {
    for (const one of signed)
      for (const [turn, party] of ['teacher', 'guardian', 'pupil'].entries()) {
        const id = randomUUID();
        const strokes = [Array.from({ length: 12 }, (_, step) => ({ x: step / 12, y: 0.2 + turn / 5 }))];
        const sealed = sealJson(keys, { table: 'visit_signature', column: 'sealed', district, id }, { strokes });
        yield [district, id, one.id, one.pupil.id, party, 'drawn', prints.get(one.id) ?? null, sealed, [], 'loader', '测速班主任', at(one.day), one.pupil.reach]; // prettier-ignore
      }
  }
  const client = await platform.database.loaderPool.connect();
  try {
    await client.query('BEGIN');
    const loaded: VisitsLoaded = {
      plans: await copy(
        client,
        'visit_plan',
        'district_code, id, kind, name, school_id, from_date, to_date, modes, made_by, made_name, known_at, reach',
        plans.map((one) => [district, one.id, 'term', one.name, one.school, one.from, one.to, ['door', 'phone', 'online'], 'loader', '测速', at(one.from), [`school:${one.school}`]]), // prettier-ignore
      ),
      visits: await copy(
        client,
        'visit',
        'district_code, id, first_id, version, child_id, household_id, school_id, class_id, mode, met, not_met, day, at, staff_ids, paper_form, content_version, content_print, sealed, by_id, by_name, known, reach',
        visitRows(),
      ),
      items: await copy(
        client,
        'visit_plan_item',
        'district_code, id, plan_id, kind, child_id, household_id, school_id, class_id, staff_id, purpose, modes, from_date, due_date, to_date, state, visit_id, visit_day, known_at, reach',
        items.map((one) => [district, one.id, one.plan, 'term', one.pupil.id, one.pupil.household, one.pupil.school, one.pupil.room, one.pupil.teacher, '全员家访', ['door', 'phone', 'online'], one.from, one.due, one.to, one.done ? 'done' : 'open', one.done?.id ?? null, one.done?.day ?? null, at(one.from), one.pupil.reach]), // prettier-ignore
      ),
      signatures: await copy(
        client,
        'visit_signature',
        'district_code, id, visit_id, child_id, party, means, content_print, sealed, paper_ids, by_id, by_name, known_at, reach',
        signatureRows(),
      ),
    };
    await client.query('COMMIT');
    for (const table of ['visit', 'visit_plan', 'visit_plan_item', 'visit_signature'])
      await platform.database.ownerPool.query(`ANALYZE ${table}`);
    return loaded;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
