import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visit-plans.ts';
import { normalizeName } from '#domain/basics/text.ts';
import { bestState, coverageState } from '#domain/visits/rules.ts';
import { coverageStateWords, notMetWords } from '#domain/visits/words.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { pagePlanLines } from './store-coverage.ts';
import { itemsById, type ItemRow } from './store-items.ts';
import { planAt } from './plans.ts';

type Line = OutputOf<typeof contract.listPlanItems>['rows'][number];

function searched(q: string | undefined): string | null {
  const name = normalizeName(q ?? '');
  if (name === '') return null;
  const letters = name.toLowerCase().replaceAll(/\s/g, '');
  return /^[a-z]+$/.test(letters) ? letters : name;
}

/** A line of the list: one planned visit, or those of a household. */
function lineOf(today: string, items: readonly ItemRow[]): Line | null {
  const [first] = items;
  if (!first) return null;
  const state = bestState(
    items.map((item) => coverageState({ toDate: item.to_date, visitDay: item.visit_day, attempts: item.attempts })),
  );
  const visited = items
    .filter((item) => item.visit_day !== null)
    .toSorted((a, b) => ((a.visit_day ?? '') < (b.visit_day ?? '') ? -1 : 1))[0];
  const tried = items
    .filter((item) => item.last_attempt !== null)
    .toSorted((a, b) => ((a.last_attempt_day ?? '') > (b.last_attempt_day ?? '') ? -1 : 1))[0];
  const open = items.filter((item) => item.state === 'open');
  const names = (of: (item: ItemRow) => string | null) => [...new Set(items.flatMap((item) => of(item) ?? []))];
  const staff = names((item) => item.staff_name);
  return {
    itemIds: items.map((item) => item.id),
    openIds: open.map((item) => item.id),
    children: items.map((item) => ({ childId: item.child_id, name: item.child_name })),
    className: names((item) => item.class_name ?? '未分班').join('、'),
    staffName: staff.length === 0 ? null : staff.join('、'),
    dueDate: first.due_date,
    overdue: state !== 'covered' && open.some((item) => item.due_date < today),
    state,
    stateWords: coverageStateWords[state],
    attempts: items.reduce((sum, item) => sum + item.attempts, 0),
    lastAttempt: tried?.last_attempt
      ? `${tried.last_attempt_day ?? ''} 未遇（${notMetWords[tried.last_attempt]}）`
      : null,
    visitId: visited?.visit_id ?? null,
    visitDay: visited?.visit_day ?? null,
  };
}

/** A page of the names behind the figures of a plan, by pupil or by household, the covered ones too. */
export async function listPlanItems(
  context: Context,
  input: ParsedOf<typeof contract.listPlanItems>,
): Promise<OutputOf<typeof contract.listPlanItems>> {
  const { client, district } = context;
  const { page, size } = input;
  const then = askedThen(context, input);
  await planAt(context, input.id, then);
  const asked = {
    then,
    planId: input.id,
    by: input.by,
    state: input.state ?? null,
    classId: input.classId ?? null,
    noClass: input.noClass === 'yes',
    words: searched(input.q),
  };
  const { lines, total } = await pagePlanLines(client, district, asked, { page, size });
  const items = new Map(
    (await itemsById(client, district, lines.flat(), then)).map((item) => [item.id, item] as const),
  );
  return {
    rows: lines.flatMap(
      (ids) =>
        lineOf(
          then?.day ?? context.today,
          ids.flatMap((id) => items.get(id) ?? []),
        ) ?? [],
    ),
    total,
    page,
    size,
  };
}
