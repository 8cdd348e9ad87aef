import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/duties.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { clauses } from '#domain/duties/clauses.ts';
import { dutyRuleList, dutyRules } from '#domain/duties/catalogue.ts';
import { settingLabel, settingWords } from '#domain/organisations/settings.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import { mayHandOver, mayWaive } from '#domain/duties/rules.ts';
import { dueWords } from '#domain/duties/words.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { endedAt, heldDuty, peopleFor } from './lists.ts';
import { ruleOn } from './open.ts';
import { addDutyEvent, countTimeliness, handRow, waiveRow } from './store-handle.ts';
import { findDuty, type DutyRecord } from './store-lists.ts';
import { addMessages } from './store-messages.ts';

type Done = { done: true };

async function lockedOpen(context: Context, id: string): Promise<DutyRecord> {
  const row = await findDuty(context.client, context.district, id, true);
  if (!row) throw notFound('任务');
  if (row.state !== 'open')
    throw new Failure('wrong-step', '这项任务已经办结或免除，请刷新后查看。', { state: row.state });
  return row;
}

async function tell(
  context: Context,
  row: DutyRecord,
  what: 'waived' | 'handedOver',
  words: string,
  reach: readonly string[],
): Promise<void> {
  await addDutyEvent(context.client, context.district, {
    id: context.newId(),
    dutyId: row.id,
    knownAt: await context.knownAt(),
    actorId: context.actor.id,
    actorName: context.actor.name,
    what,
    words,
    reach,
  });
}

/** A level above waives a duty, with the reason; nobody waives his own. */
export async function waiveDuty(context: Context, input: ParsedOf<typeof contract.waiveDuty>): Promise<Done> {
  const { client, district, actor, now } = context;
  const row = await lockedOpen(context, input.id);
  if (!mayWaive(heldDuty(context, row), actor.posts, actor.staffId))
    throw new Failure('not-allowed', '任务须由承办人的上一级免除，不能自己免除。');
  await waiveRow(client, district, row.id, { at: now, by: actor.id, byName: actor.name, reason: input.reason });
  await tell(context, row, 'waived', `免除：${input.reason}`, row.reach);
  const to = row.owner_staff === null ? { role: row.owner_role, unit: row.owner_unit } : { staffId: row.owner_staff };
  await addMessages(
    client,
    district,
    [
      {
        id: context.newId(),
        onceKey: `waived ${row.id}`,
        to,
        subject: '一项任务已免除',
        body: `“${dutyRules[row.rule].title}”已由${actor.name}免除。`,
        path: `/duties/${row.id}`,
        urgent: false,
      },
    ],
    now,
  );
  context.note({ subjectKind: 'duty', subjectId: row.id, reason: input.reason, detail: { rule: row.rule } });
  return { done: true };
}

/** Gives a duty to a named person of the unit, who finds it on his desk and is told; deadline and levels stay. */
export async function handOverDuty(context: Context, input: ParsedOf<typeof contract.handOverDuty>): Promise<Done> {
  const { client, district, actor, now } = context;
  const row = await lockedOpen(context, input.id);
  if (!mayHandOver(heldDuty(context, row), actor.posts, actor.staffId))
    throw new Failure('not-allowed', '任务须由承办岗位或其上一级移交。');
  const person = (await peopleFor(context, row)).find((one) => one.staff_id === input.staffId);
  if (!person) {
    const words = '只能交给本单位今天在任的人员。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'staffId', words }] });
  }
  const reach = [...new Set([...row.reach, reachToken('person', input.staffId)])].sort();
  await handRow(client, district, row.id, input.staffId, reach);
  await tell(context, row, 'handedOver', `交给${person.name}：${input.reason}`, reach);
  await addMessages(
    client,
    district,
    [
      {
        id: context.newId(),
        onceKey: `handed ${row.id} ${input.staffId} ${now.toISOString()}`,
        to: { staffId: input.staffId },
        subject: '有一项任务交给您',
        body: `${actor.name}把“${dutyRules[row.rule].title}”交给您办理。`,
        path: `/duties/${row.id}`,
        urgent: false,
      },
    ],
    now,
  );
  context.note({
    subjectKind: 'duty',
    subjectId: row.id,
    reason: input.reason,
    detail: { rule: row.rule, staffId: input.staffId },
  });
  return { done: true };
}

/** The clauses of the plan, and the rules of deadlines as they hold today. */
export async function listCatalogue(context: Context): Promise<OutputOf<typeof contract.listCatalogue>> {
  const values = new Map<string, unknown>(Object.entries(await readSettings(context, context.today)));
  const rules = [];
  for (const rule of dutyRuleList) {
    const { due, version } = await ruleOn(context, rule, context.today);
    const named = rule.settings.map((key) => ({
      key,
      label: settingLabel(key),
      value: settingWords(key, values.get(key)),
    }));
    const [owner, ...above] = rule.ladder;
    rules.push({
      id: rule.id,
      clause: rule.clause,
      title: rule.title,
      trigger: rule.trigger.when,
      owner: owner === undefined ? '' : roleWords[owner],
      climbsTo: above.map((role) => roleWords[role]),
      due: dueWords(due),
      version,
      settings: named,
      act: rule.act.words,
    });
  }
  return { clauses: [...clauses], rules };
}

/** Timeliness (product, section 6): duties done in time over duties due in a span of days, by rule and school, within reach. */
export async function getTimeliness(
  context: Context,
  input: ParsedOf<typeof contract.getTimeliness>,
): Promise<OutputOf<typeof contract.getTimeliness>> {
  const rows = await countTimeliness(context.client, context.district, {
    from: endedAt(addCalendarDays(input.from, -1)),
    before: endedAt(input.to),
    now: context.now,
  });
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    formula: '及时率 = 期限内办结 ÷ 到期应办（不含已免除的；期限未到而已办结的计入）v1',
    due: sum((row) => row.due),
    inTime: sum((row) => row.in_time),
    rows: rows.flatMap((row) => {
      const rule = dutyRuleIds.find((id) => id === row.rule);
      if (rule === undefined) return [];
      return [
        {
          rule,
          title: dutyRules[rule].title,
          schoolId: row.school_id,
          schoolName: row.school_name,
          due: row.due,
          inTime: row.in_time,
          late: row.late,
          open: row.open,
        },
      ];
    }),
  };
}
