import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/comparison.ts';
import { addCalendarDays, dueDate } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { findCategory } from '#domain/comparison/categories.ts';
import { endOfSchoolYear, standingOfEffect } from '#domain/comparison/rules.ts';
import type { FindingState, Owner } from '#domain/comparison/record.ts';
import { isWorkday, placesOf, readSettings, schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { refreshReach } from './reach.ts';
import {
  acceptRow,
  assignRow,
  dayOfRun,
  explainRow,
  insertStanding,
  returnRow,
  setFindingState,
} from './store-answers.ts';
import { addEvent, findFinding, type FullFinding } from './store-findings.ts';

type Done = { done: true };

async function locked(context: Context, id: string, states: readonly FindingState[]): Promise<FullFinding> {
  const row = await findFinding(context.client, context.district, id, true);
  if (!row) throw notFound('发现');
  if (!states.includes(row.state))
    throw new Failure('wrong-step', '这条发现的状态已经改变，请刷新后再办理。', { state: row.state });
  return row;
}

async function tell(context: Context, row: FullFinding, what: string, words: string): Promise<void> {
  await addEvent(context.client, context.district, {
    id: context.newId(),
    findingId: row.id,
    knownAt: await context.knownAt(),
    actorId: context.actor.id,
    actorName: context.actor.name,
    what,
    words,
    reach: row.reach,
    before:
      what === 'note' || what === 'assign'
        ? {
            dueDate: row.due_date,
            schoolId: row.school_id,
            subdistrictCode: row.subdistrict_code,
            print: row.detail.print,
          }
        : null,
  });
}

/** Tells the areas above what was done with a finding, and why. */
async function tellAbove(
  context: Context,
  row: FullFinding,
  step: 'explain' | 'accept' | 'return' | 'assign',
  words: string,
): Promise<void> {
  const of = { findingId: row.id, childId: row.child_id, at: context.now.toISOString() };
  await context.announce({ kind: 'comparison.findingStepped', ...of, step, words });
}

async function dueAfter(context: Context, days: number): Promise<string> {
  return dueDate(context.today, { days, unit: 'calendar' }, { isWorkday: await isWorkday(context) });
}

/** The owner begins to verify. */
export async function startVerifying(context: Context, input: ParsedOf<typeof contract.startVerifying>): Promise<Done> {
  const row = await locked(context, input.id, ['open']);
  await setFindingState(context.client, context.district, row.id, 'verifying');
  await tell(context, row, 'verify', input.note === '' ? '开始核实' : `开始核实：${input.note}`);
  context.note({ subjectKind: 'finding', subjectId: row.id, detail: { childId: row.child_id, kind: row.kind } });
  return { done: true };
}

/** The owner explains by a category, with what was seen; it waits for another person's check. */
export async function explainFinding(context: Context, input: ParsedOf<typeof contract.explainFinding>): Promise<Done> {
  const row = await locked(context, input.id, ['open', 'verifying']);
  const category = findCategory(row.kind, input.category);
  if (!category)
    throw new Failure('input-wrong', '请选择一项说明类别。', {
      issues: [{ path: 'category', words: '这类发现不能用这项说明。' }],
    });
  const placeName = input.placeName === '' ? undefined : input.placeName;
  if (category.needsPlace && placeName === undefined) {
    throw new Failure('input-wrong', '请写明就读学校或去向。', {
      issues: [{ path: 'placeName', words: '请写明就读学校或去向。' }],
    });
  }
  const { placeName: _before, ...detail } = row.detail;
  await explainRow(context.client, context.district, row.id, {
    category: category.code,
    evidence: input.evidence,
    detail: { ...detail, ...(placeName === undefined ? {} : { placeName }) },
    by: context.actor.id,
    byName: context.actor.name,
    at: context.now,
  });
  await tell(
    context,
    row,
    'explain',
    `说明为“${category.label}”${placeName === undefined ? '' : `（${placeName}）`}，依据：${input.evidence}`,
  );
  await tellAbove(context, row, 'explain', '');
  context.note({
    subjectKind: 'finding',
    subjectId: row.id,
    detail: { childId: row.child_id, kind: row.kind, category: category.code },
  });
  return { done: true };
}

/** Another person checks the explanation: accepts it with its effect, or gives it back. Nobody clears himself. */
export async function checkExplanation(
  context: Context,
  input: ParsedOf<typeof contract.checkExplanation>,
): Promise<Done> {
  const { client, district, actor, now } = context;
  const row = await locked(context, input.id, ['explained']);
  if (row.explained_by === actor.id) throw new Failure('not-allowed', '说明是您本人填写的，须由另一人复核。');
  const category = findCategory(row.kind, row.category ?? '');
  if (!category) throw new Failure('wrong-step', '这条说明的类别已停用，请退回重新填写。');
  const words = input.note === '' ? '' : `：${input.note}`;
  const check = { by: actor.id, byName: actor.name, at: now };
  if (!input.accept) {
    await returnRow(client, district, row.id, { ...check, dueDate: row.due_date });
    await tell(context, row, 'refuse', `复核未通过，退回核实${words}`);
    await tellAbove(context, row, 'return', '复核未通过，退回核实');
  } else if (category.effect === 'staysOpen') {
    const { 'due.again': again } = await readSettings(context, context.today);
    const due = await dueAfter(context, again);
    await returnRow(client, district, row.id, { ...check, dueDate: due });
    await tell(context, row, 'note', `复核属实，不销号，继续核实，期限 ${due}${words}`);
    await tellAbove(context, row, 'return', '复核属实，不销号，继续核实');
  } else {
    const standing = standingOfEffect(category.effect);
    if (standing !== null) {
      const from = (await dayOfRun(client, district, row.first_run_id)) ?? context.today;
      await insertStanding(client, district, {
        id: context.newId(),
        childId: row.child_id,
        kind: standing,
        placeName: row.detail.placeName ?? null,
        evidence: row.evidence ?? '',
        by: actor.id,
        byName: actor.name,
        findingId: row.id,
        from,
        to: category.yearly ? endOfSchoolYear(from) : null,
        knownAt: await context.knownAt(),
      });
    }
    await acceptRow(client, district, row.id, check);
    await tell(context, row, 'accept', `复核通过“${category.label}”${words}`);
    await refreshReach(context, [row.child_id]);
    await tellAbove(context, row, 'accept', '');
  }
  context.note({
    subjectKind: 'finding',
    subjectId: row.id,
    reason: input.note === '' ? (row.evidence ?? '') : input.note,
    detail: { childId: row.child_id, kind: row.kind, category: category.code, accept: input.accept },
  });
  return { done: true };
}

/** The owner as asked, if the actor may hand a finding to it: units of the own street, the school it already asks, and upward the district. */
async function checkedOwner(
  context: Context,
  input: ParsedOf<typeof contract.assignFinding>,
  row: FullFinding,
): Promise<{ owner: Owner; words: string }> {
  const wrong = (words: string) => new Failure('input-wrong', words, { issues: [{ path: 'ownerUnit', words }] });
  const within = (token: string) => context.reach.all || context.reach.tokens.includes(token);
  switch (input.ownerKind) {
    case 'district':
      return { owner: { kind: 'district', unit: context.district }, words: '区教育局' };
    case 'community': {
      const place = (await placesOf(context)).find(
        (each) => each.kind === 'community' && each.code === input.ownerUnit,
      );
      if (!place) throw wrong('没有这个社区。');
      if (!within(`subdistrict:${place.parentCode ?? ''}`) && !within(`community:${place.code}`))
        throw wrong('只能改派给本街道的社区。');
      return { owner: { kind: 'community', unit: place.code }, words: place.name };
    }
    case 'subdistrict': {
      const place = (await placesOf(context)).find(
        (each) => each.kind === 'subdistrict' && each.code === input.ownerUnit,
      );
      if (!place) throw wrong('没有这个街道。');
      if (!within(`subdistrict:${place.code}`)) throw wrong('只能改派给本街道。');
      return { owner: { kind: 'subdistrict', unit: place.code }, words: place.name };
    }
    case 'school': {
      const school = (await schoolsOf(context)).find(
        (each) => each.id === input.ownerUnit || each.code === input.ownerUnit,
      );
      if (!school) throw wrong('没有这所学校。');
      if (!within(`subdistrict:${school.subdistrictCode ?? ''}`) && school.id !== row.school_id)
        throw wrong('只能改派给本街道的学校，或这条发现所在的学校。');
      return { owner: { kind: 'school', unit: school.id }, words: school.name };
    }
  }
}

/** Gives a finding another owner and due day, with the reason. */
export async function assignFinding(context: Context, input: ParsedOf<typeof contract.assignFinding>): Promise<Done> {
  const row = await locked(context, input.id, ['open', 'verifying', 'explained']);
  if (input.dueDate < context.today)
    throw new Failure('input-wrong', '期限不能早于今天。', {
      issues: [{ path: 'dueDate', words: '期限不能早于今天。' }],
    });
  if (input.dueDate > addCalendarDays(context.today, 366))
    throw new Failure('input-wrong', '期限不能晚于一年后。', {
      issues: [{ path: 'dueDate', words: '期限不能晚于一年后。' }],
    });
  const { owner, words } = await checkedOwner(context, input, row);
  await assignRow(context.client, context.district, row.id, { owner, dueDate: input.dueDate });
  await tell(context, row, 'assign', `改派给${words}，期限 ${input.dueDate}：${input.reason}`);
  await refreshReach(context, [row.child_id]);
  await tellAbove(context, row, 'assign', `改派给${words}`);
  context.note({
    subjectKind: 'finding',
    subjectId: row.id,
    reason: input.reason,
    detail: { childId: row.child_id, ownerKind: owner.kind, ownerUnit: owner.unit, dueDate: input.dueDate },
  });
  return { done: true };
}
