import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visit-plans.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachFor } from '#domain/basics/reach.ts';
import { visitModes, type VisitMode } from '#domain/visits/record.ts';
import { coverageOf, type Coverage } from '#domain/visits/rules.ts';
import { planKindWords, visitModeWords } from '#domain/visits/words.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Then } from '#server/database/past.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { countPlan, countPlans, namesOfVisitors } from './store-coverage.ts';
import { assignItems, itemsOfPlan } from './store-items.ts';
import { endPlanRow, findPlan, findPlanThen, pagePlans, readPosts, type PlanRow } from './store-plans.ts';

function modesOf(row: PlanRow): VisitMode[] {
  return visitModes.filter((mode) => row.modes.includes(mode));
}

function shownPlan(row: PlanRow, counts: Coverage) {
  const modes = modesOf(row);
  return {
    id: row.id,
    kind: row.kind,
    kindWords: planKindWords[row.kind],
    name: row.name,
    schoolId: row.school_id,
    schoolName: row.school_name,
    from: row.from_date,
    to: row.to_date,
    modes,
    modesWords: modes.map((mode) => visitModeWords[mode]).join('、'),
    madeName: row.made_name,
    madeAt: row.known_at.toISOString(),
    ended:
      row.ended_at === null
        ? null
        : { at: row.ended_at.toISOString(), byName: row.ended_name ?? '', reason: row.end_reason ?? '' },
    counts,
  };
}

/** A page of plans with their coverage, counted over the pupils within reach. */
export async function listPlans(
  context: Context,
  input: ParsedOf<typeof contract.listPlans>,
): Promise<OutputOf<typeof contract.listPlans>> {
  const { page, size, day, knownAt, ...asked } = input;
  const { client, district } = context;
  const then = askedThen(context, { day, knownAt });
  const of = { ...asked, today: then?.day ?? context.today, then };
  const { rows, total } = await pagePlans(client, district, of, { page, size });
  const ids = rows.map((row) => row.id);
  const counts = await rememberFor(
    context,
    context.reach,
    { key: `plans ${ids.join()} ${keyOf(then)}`, dependsOn: 'visits', bytes: (found) => found.size * 200 },
    () => countPlans(client, district, ids, then),
  );
  return {
    rows: rows.map((row) => shownPlan(row, counts.get(row.id) ?? coverageOf([]))),
    total,
    page,
    size,
  };
}

function keyOf(then: Then | null): string {
  return then === null ? '' : `${then.day} ${then.knownAt ?? ''}`;
}

/** A plan within reach, as it stands or stood then; else not found. */
export async function planAt(context: Context, id: string, then: Then | null): Promise<PlanRow> {
  const { client, district } = context;
  const row = then === null ? await findPlan(client, district, id) : await findPlanThen(client, district, id, then);
  if (!row) throw notFound('走访计划');
  return row;
}

/** The coverage of a plan by household, pupil and class, as it stands or stood then; an attempt is not coverage. */
export async function planCoverage(
  context: Context,
  input: ParsedOf<typeof contract.planCoverage>,
): Promise<OutputOf<typeof contract.planCoverage>> {
  const { client, district } = context;
  const { id } = input;
  const then = askedThen(context, input);
  const row = await planAt(context, id, then);
  const { counts, classes } = await rememberFor(
    context,
    context.reach,
    { key: `plan ${id} ${keyOf(then)}`, dependsOn: 'visits', bytes: (found) => 200 + found.classes.length * 300 },
    () => countPlan(client, district, id, then),
  );
  const visitors = await namesOfVisitors(client, district, [...new Set(classes.flatMap((line) => line.staffIds))]);
  const plan = context.reachFor('visits.plan');
  const may = then === null && row.ended_at === null && plan !== null && reaches(plan, [`school:${row.school_id}`]);
  context.note({ subjectKind: 'visitPlan', subjectId: id });
  return {
    ...shownPlan(row, counts),
    classes: classes.map(({ staffIds, ...line }) => ({
      ...line,
      className: line.className ?? '未分班',
      teachers: staffIds
        .flatMap((staffId) => visitors.get(staffId) ?? [])
        .sort()
        .join('、'),
    })),
    allowed: { assign: may, end: may },
  };
}

async function planToChange(context: Context, id: string): Promise<PlanRow> {
  const row = await findPlan(context.client, context.district, id);
  if (!row || !reaches(context.reach, [`school:${row.school_id}`])) throw notFound('走访计划');
  if (row.ended_at !== null) throw new Failure('wrong-step', '这个计划已经终止，不能再改。');
  return row;
}

/** Hands planned visits to another person who reaches the pupils, with another day where given. */
export async function assignVisits(
  context: Context,
  input: ParsedOf<typeof contract.assignVisits>,
): Promise<{ done: true }> {
  const { client, district } = context;
  const plan = await planToChange(context, input.id);
  const items = (await itemsOfPlan(client, district, plan.id)).filter(
    (item) => input.itemIds.includes(item.id) && item.state === 'open',
  );
  if (items.length < new Set(input.itemIds).size)
    throw new Failure('changed-meanwhile', '所选走访中有的已完成或不在这个计划里，请刷新后再选。');
  const reach = reachFor(await readPosts(client, district, input.staffId, context.today), 'visits.record');
  if (reach === null || items.some((item) => !reaches(reach, item.reach))) {
    const words = '该人员没有走访登记权限，或看不到其中的学生，请先任职或另选一人。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'staffId', words }] });
  }
  if (input.dueDate !== undefined && (input.dueDate < plan.from_date || input.dueDate > plan.to_date)) {
    const words = '期限应在计划的起止日期之内。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'dueDate', words }] });
  }
  await assignItems(client, district, plan.id, input.itemIds, {
    staffId: input.staffId,
    dueDate: input.dueDate ?? null,
  });
  context.note({
    subjectKind: 'visitPlan',
    subjectId: plan.id,
    reason: input.reason,
    detail: { visits: items.length, staffId: input.staffId, dueDate: input.dueDate ?? null },
  });
  return { done: true };
}

/** Ends a plan; visits made stay, open ones are not owed any more. */
export async function endPlan(context: Context, input: ParsedOf<typeof contract.endPlan>): Promise<{ done: true }> {
  const plan = await planToChange(context, input.id);
  await endPlanRow(context.client, context.district, plan.id, {
    at: await context.knownAt(),
    name: context.actor.name,
    reason: input.reason,
  });
  context.note({ subjectKind: 'visitPlan', subjectId: plan.id, reason: input.reason });
  return { done: true };
}
