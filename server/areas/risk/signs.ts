import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/risk.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { levelOf } from '#domain/risk/rules.ts';
import { signKinds, signStates } from '#domain/risk/record.ts';
import { riskLevelWords, signKindWords, signStateWords } from '#domain/risk/words.ts';
import { briefsOf, getBrief } from '#server/areas/population/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { openReason } from './reason.ts';
import { scoresOpen } from './scores.ts';
import { dismissRow, lockSign, pageRiskChildren, readSigns, type SignRow } from './store.ts';

function notePlace(context: Context, id: string) {
  return { table: 'risk_sign', column: 'sealed_note', district: context.district, id };
}

/** A sign as it is shown; the marks on which one rests only to those to whom they are `open`. */
function signView(
  context: Context,
  row: SignRow,
  open: boolean,
): OutputOf<typeof contract.getChildSigns>['signs'][number] {
  return {
    id: row.id,
    kind: row.kind,
    kindWords: signKindWords[row.kind],
    words: (open ? openReason(context, row) : null) ?? row.words,
    since: row.since,
    state: row.state,
    stateWords: signStateWords[row.state],
    actedWords: row.acted_words,
    actedAt: row.acted_at?.toISOString() ?? null,
    dismissedName: row.dismissed_name,
    dismissedAt: row.dismissed_at?.toISOString() ?? null,
    dismissedNote:
      // as: sealed by dismissSign as a text
      row.sealed_note === null ? null : (openJson(context.keys, notePlace(context, row.id), row.sealed_note) as string),
  };
}

/** Children of whom a sign has a reason that is not for everybody. */
const withReason = (rows: readonly SignRow[]): string[] => [
  ...new Set(rows.filter((row) => row.sealed_words !== null).map((row) => row.child_id)),
];

function inOrder(rows: readonly SignRow[]): SignRow[] {
  return [...rows].sort(
    (a, b) =>
      signStates.indexOf(a.state) - signStates.indexOf(b.state) ||
      signKinds.indexOf(a.kind) - signKinds.indexOf(b.kind),
  );
}

/** A page of children with signs, each with its level and reasons. */
export async function listSigns(
  context: Context,
  input: ParsedOf<typeof contract.listSigns>,
): Promise<OutputOf<typeof contract.listSigns>> {
  const { client, district } = context;
  const { page, size } = input;
  const token = input.classId
    ? reachToken('class', input.classId)
    : input.schoolId
      ? reachToken('school', input.schoolId)
      : null;
  const { rows, total } = await pageRiskChildren(client, district, {
    level: input.level,
    kind: input.kind,
    token,
    unacted: input.acted === 'no',
    size,
    offset: (page - 1) * size,
  });
  const ids = rows.map((row) => row.child_id);
  const briefs = await briefsOf(context, ids);
  const signs = (await readSigns(client, district, ids)).filter((row) => row.state === 'open');
  const open = await scoresOpen(context, withReason(signs));
  return {
    rows: rows.flatMap((row) => {
      const brief = briefs.get(row.child_id);
      const own = inOrder(signs.filter((sign) => sign.child_id === row.child_id));
      const level = levelOf(own.map((sign) => sign.strength));
      if (!brief || level === null) return [];
      return [
        {
          childId: row.child_id,
          name: brief.name,
          sex: sexWord(brief.sex),
          schoolName: brief.schoolName,
          className: brief.className,
          level,
          levelWords: riskLevelWords[level],
          since: row.since,
          acted: row.acted,
          signs: own.map((sign) => signView(context, sign, open.has(sign.child_id))),
        },
      ];
    }),
    total,
    page,
    size,
  };
}

/** The signs of a child with their reasons, open ones first. */
export async function getChildSigns(
  context: Context,
  input: ParsedOf<typeof contract.getChildSigns>,
): Promise<OutputOf<typeof contract.getChildSigns>> {
  const brief = await getBrief(context, input.childId);
  const rows = inOrder(await readSigns(context.client, context.district, [input.childId]));
  const level = levelOf(rows.filter((row) => row.state === 'open').map((row) => row.strength));
  const dismisses = context.reachFor('risks.dismiss');
  const open = (await scoresOpen(context, withReason(rows))).has(brief.id);
  context.note({ subjectKind: 'child', subjectId: input.childId });
  return {
    childId: brief.id,
    name: brief.name,
    level,
    levelWords: level === null ? null : riskLevelWords[level],
    signs: rows.map((row) => signView(context, row, open)),
    allowed: { dismiss: dismisses !== null && reaches(dismisses, brief.reach) },
  };
}

/** Dismisses a sign with a note; it opens again when its facts change. */
export async function dismissSign(
  context: Context,
  input: ParsedOf<typeof contract.dismissSign>,
): Promise<{ done: true }> {
  const { client, district, actor, now, keys } = context;
  const row = await lockSign(client, district, input.id);
  if (!row) throw notFound('预警迹象');
  if (row.state !== 'open')
    throw new Failure('wrong-step', `这条迹象${signStateWords[row.state]}，请刷新。`, { state: row.state });
  await dismissRow(client, district, row.id, {
    id: actor.id,
    name: actor.name,
    at: now,
    sealedNote: sealJson(keys, notePlace(context, row.id), input.note),
  });
  context.note({ subjectKind: 'sign', subjectId: row.id, detail: { childId: row.child_id, kind: row.kind } });
  return { done: true };
}
