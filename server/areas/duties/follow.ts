import { reachToken } from '#domain/basics/reach.ts';
import { roleWords, type Role } from '#domain/basics/roles.ts';
import { endingRules, followedLevels, followingRules } from '#domain/duties/follow.ts';
import { nextRules } from '#domain/duties/case-duties.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { arrivingCauses } from '#domain/enrolment/course.ts';
import { carryCase } from '#server/areas/dropout/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { settle } from './store-duties.ts';
import { dutiesLeft, moveDuty, pupilsElsewhere, type LeftDuty, type PupilNow } from './store-follow.ts';
import { addDutyEvent } from './store-handle.ts';
import { addMessages, surnameAndSchool } from './store-messages.ts';

type Moved = NewsOf<'enrolment.childMoved'>;
/** What the audit row and a settled duty name: the pupil is somewhere else now. */
const event = 'enrolment.childMoved';

function heldBefore(duty: LeftDuty): string {
  const unit = `${duty.school_name ?? ''}${duty.owner_role === 'classTeacher' ? (duty.class_name ?? '') : ''}`;
  return `${unit}${duty.staff_name ?? roleWords[duty.owner_role]}`;
}

async function handOn(context: Context, now: PupilNow, duty: LeftDuty, school: string) {
  const { client, district, actor } = context;
  const place = { district, schoolId: now.schoolId, classId: now.classId, childId: now.childId, caseId: duty.case_id };
  const { ladder, owner, level } = followedLevels(
    { rule: duty.rule, level: duty.level, topRole: duty.top_role },
    place,
  );
  const token = owner.unitKind === 'district' ? [] : [reachToken(owner.unitKind, owner.unit)];
  const { schoolId, classId } = now;
  const reach = await moveDuty(client, district, duty.id, { schoolId, classId, owner, ladder, level, token });
  await addDutyEvent(client, district, {
    id: context.newId(),
    dutyId: duty.id,
    knownAt: await context.knownAt(),
    actorId: actor.id,
    actorName: actor.name,
    what: 'handedOver',
    words: `随学生转到${school}，由${roleWords[owner.role]}接办（原由${heldBefore(duty)}承办），期限不变`,
    reach,
  });
  return owner;
}

/**
 * A pupil is in school somewhere else now (`elsewhere`), or in another class of his school: open duties about him go to the teacher or
 * officer there, who is told; what only concerned his absence at the old school ends. Nothing happens where nothing is open.
 */
async function follow(context: Context, pupil: PupilNow, elsewhere: boolean): Promise<string[]> {
  const { client, district, actor, now } = context;
  const { childId, schoolId, classId } = pupil;
  const of = { childId, schoolId, classId };
  const left = await dutiesLeft(client, district, { ...of, elsewhere, rules: followingRules });
  const ended = elsewhere ? await dutiesLeft(client, district, { ...of, elsewhere, rules: endingRules }) : [];
  if (left.length === 0 && ended.length === 0) return [];
  const { surname, school } = await surnameAndSchool(client, district, childId, schoolId);
  const owners = new Map<string, { role: Role; unit: string; titles: string[] }>();
  for (const duty of left) {
    const { role, unit } = await handOn(context, pupil, duty, school ?? '新学校');
    const told = owners.get(`${role} ${unit}`) ?? { role, unit, titles: [] };
    owners.set(`${role} ${unit}`, { ...told, titles: [...told.titles, dutyRules[duty.rule].title] });
  }
  await addMessages(
    client,
    district,
    [...owners.values()].map(({ role, unit, titles }) => ({
      id: context.newId(),
      onceKey: `followed ${childId} ${schoolId} ${classId ?? ''} ${role} ${now.toISOString()}`,
      to: { role, unit },
      subject: '有任务随学生转来',
      body: `学生${surname}某转来，${String(titles.length)} 项未办结的任务由您接办：${titles.join('、')}。期限不变。`,
      path: '/duties',
      urgent: left.some((duty) => duty.rule === 'urgentCase' && dutyRules[duty.rule].ladder[0] === role),
    })),
    now,
  );
  if (ended.length > 0)
    await settle(client, district, {
      rules: endingRules,
      childId,
      at: now.toISOString(),
      by: actor.id,
      byName: actor.name,
      event,
    });
  return [...left, ...ended].map((duty) => duty.id);
}

/** A pupil came to a school, or to another class of it. A move inside the school of the roll leaves alone what is owed where he attends beside it. */
export async function followPupil(context: Context, news: Moved): Promise<void> {
  if (news.state !== 'inSchool') return;
  const elsewhere = arrivingCauses.some((cause) => cause === news.cause);
  const followed = await follow(context, news, elsewhere);
  if (followed.length > 0) context.note({ detail: { dutiesFollowed: followed } });
}

const dayMs = 86_400_000;
const strayed = (context: Context) =>
  pupilsElsewhere(context.client, context.district, {
    rules: [...followingRules, ...endingRules],
    caseRules: nextRules,
    since: new Date(context.now.getTime() - dayMs),
    today: context.today,
  });

/** Whether duties stand at a school that their pupil has left by a list or a correction, which tell no news. */
export async function mustFollowPupils(context: Context): Promise<boolean> {
  return (await strayed(context)).length > 0;
}

/** Hands them on, and open cases, as a transfer does; tells how many. */
export async function followPupils(context: Context): Promise<number> {
  const followed: string[] = [];
  for (const pupil of await strayed(context)) {
    followed.push(...(await follow(context, pupil, true)));
    await carryCase(context, pupil);
  }
  context.note({ subjectKind: 'duty', detail: { followed: followed.length, duties: followed.slice(0, 200) } });
  return followed.length;
}
