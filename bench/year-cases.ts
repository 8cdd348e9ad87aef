import { randomUUID } from 'node:crypto';
import { addContact, addStep, linkDocument, planCase } from '#contract/dropout-steps.ts';
import {
  checkClosing,
  checkDismissal,
  confirmCase,
  dismissCase,
  proposeClosing,
  reportDropout,
} from '#contract/dropout.ts';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import type { HeldPost, Role } from '#domain/basics/roles.ts';
import { stoppedClock } from '#server/clock.ts';
import type { Actor, Platform } from '#server/http/context.ts';
import { actorReach, platformActor, runAs } from '#server/http/run.ts';
import type { Call, Route } from '#server/http/serve.ts';
import { connectListeners } from '#server/listeners.ts';
import { routes } from '#server/routes.ts';
import { today, type YearGround, type YearPupil } from './year-ground.ts';

/** How many cases were made, and how many calls they took. */
export interface CasesLoaded {
  cases: number;
  calls: number;
  documents: number;
}

function actorOf(district: string, name: string, role: Role, unitKind: HeldPost['unitKind'], unitId: string): Actor {
  const posts = [{ role, unitKind, unitId }];
  return { ...platformActor(district, name), kind: 'person', id: `year-${role}-${name}-${unitId}`, posts };
}

/** Calls an endpoint as a person on a day at nine, as the server would: reach, parse, transaction, audit. */
async function act<const E extends Endpoint>(
  platform: Platform,
  actor: Actor,
  day: string,
  endpoint: E,
  input: InputOf<E>,
): Promise<OutputOf<E>> {
  const route = routes.find((one): one is Route => 'answer' in one && one.endpoint.name === endpoint.name);
  const reach = endpoint.permission === null ? null : actorReach(actor, endpoint.permission);
  if (!route || !reach) throw new Error(`${actor.name} may not call ${endpoint.name}`);
  const then: Platform = { ...platform, clock: stoppedClock(`${day}T01:00:00.000Z`) };
  const parsed = endpoint.input.parse(input);
  const none = null as unknown as Call; // as: these calls look at nothing of the request
  const made = await runAs(then, { actor, reach, audit: endpoint.audit }, (context) =>
    route.answer(context, parsed as never, none),
  );
  return endpoint.output.parse(made) as OutputOf<E>; // as: parsed by this very endpoint
}

/** What is to be done for a case on a day. */
interface Planned {
  day: string;
  order: number;
  run(): Promise<unknown>;
}

const evidence = {
  registryQuery: '学籍已在黄州区第二小学',
  registryQueryWho: '周老师',
  registryQueryOn: '2026-09-01',
  registryQueryWhere: '全国学籍系统',
  school: '黄州区第二小学 2217',
};

/** Reports, confirms, persuades, notices and closes as the people of the district would over the year: `count` cases through the platform's own calls. */
export async function loadCases(
  platform: Platform,
  district: string,
  ground: YearGround,
  count: number,
): Promise<CasesLoaded> {
  const own: Platform = { ...platform, listeners: [] };
  connectListeners(own);
  const officer = actorOf(district, '冯专干', 'bureauOfficer', 'district', district);
  const second = actorOf(district, '陈专干', 'bureauOfficer', 'district', district);
  const every = Math.floor(ground.pupils.length / count);
  const planned: Planned[] = [];
  let documents = 0;
  const storyOf = (pupil: YearPupil, index: number) => {
    const teacher = actorOf(district, '测速班主任', 'classTeacher', 'class', pupil.room);
    const principal = actorOf(district, '测速校长', 'principal', 'school', pupil.school);
    const start = ground.days[Math.floor((index * (ground.days.length - 1)) / count)] ?? today;
    let id = '';
    const later = (days: number, run: (day: string) => Promise<unknown>) => {
      const day = addCalendarDays(start, days);
      if (day <= today) planned.push({ day, order: planned.length, run: () => run(day) });
    };
    later(0, async (day) => {
      const report = { id: randomUUID(), childId: pupil.id, discovered: day, reasonGroup: 'study' as const, whereabouts: 'home' as const, done: '电话两次，家长称孩子不愿上学' }; // prettier-ignore
      id = (await act(own, teacher, day, reportDropout, report)).caseId;
    });
    if (index % 5 < 2) {
      later(1, (day) => act(own, principal, day, dismissCase, { id, reason: '已返校上课，核对点名记录' }));
      later(2, (day) => act(own, index % 2 === 0 ? officer : second, day, checkDismissal, { id, accept: true }));
      return;
    }
    later(1, (day) => act(own, principal, day, confirmCase, { id }));
    later(1, (day) => act(own, principal, day, planCase, { id, goal: '一周内劝返', people: [{ name: '周老师', task: '上门劝返', day: addCalendarDays(day, 7) }] })); // prettier-ignore
    for (const days of [2, 4, 9])
      later(days, (day) => act(own, teacher, day, addContact, { id, contactId: randomUUID(), day, mode: 'phone', reached: true, words: '与父亲通话，说明义务教育法规定，约定上门时间' })); // prettier-ignore
    for (const days of [3, 8])
      later(days, (day) => act(own, teacher, day, addStep, { id, stepId: randomUUID(), rung: 'persuade', day, people: '周老师、郑校长', words: '上门劝返，父母在场，孩子表示考虑返校' })); // prettier-ignore
    if (index % 5 === 2)
      later(10, async (day) => {
        await act(own, principal, day, linkDocument, { id, documentId: randomUUID(), rung: 'persuasionNotice', skipReason: '家长已当面说明情况', fields: { contact: '周老师', contactPhone: '027-82340000' } }); // prettier-ignore
        documents += 1;
      });
    if (index % 5 === 3) {
      later(20, (day) => act(own, principal, day, proposeClosing, { id, category: 'elsewhereWithRegistry', evidence }));
      later(21, (day) => act(own, officer, day, checkClosing, { id, accept: true }));
    }
  };
  for (let index = 0; index < count; index += 1) {
    const pupil = ground.pupils[index * every];
    if (pupil) storyOf(pupil, index);
  }
  planned.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.order - b.order));
  for (const one of planned) await one.run();
  return { cases: count, calls: planned.length, documents };
}
