import type { z } from 'zod';
import type * as contract from '#contract/dropout-views.ts';
import { Strokes } from '#domain/basics/strokes.ts';
import { notFound } from '#domain/basics/failure.ts';
import { closingRules, watchWords } from '#domain/dropout/closing.ts';
import { missingBefore, type RungStanding } from '#domain/dropout/ladder.ts';
import { closingCategories, reasonGroups, roundSources, whereaboutsCodes } from '#domain/dropout/record.ts';
import { isOnCase } from '#domain/dropout/rules.ts';
import {
  closingCategoryWords,
  reasonGroupWords,
  roundSourceWords,
  rungIssuerWords,
  rungWords,
  whereaboutsWords,
} from '#domain/dropout/words.ts';
import { documentsOfCase } from '#server/areas/notices/actions.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { findBrief } from '#server/areas/population/actions.ts';
import { visitsOfCase } from '#server/areas/visits/actions.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { allowedOn } from './allowed.ts';
import { callBackOf, decisionsOf, emergenciesOf, followUpsOf, referralsOf } from './case-parts.ts';
import { headOf } from './head.ts';
import { categoryOf, ladderOf } from './next.ts';
import { listRounds } from './store-cases.ts';
import { listEvents, listReports, type EventRow } from './store-events.ts';
import { findFindingOf, findPlan } from './store-steps.ts';
import { findView, type CaseView } from './store-views.ts';
import { ownerWordsOf, shownCase } from './views.ts';

/** A case as its page shows it. */
export type CaseShown = z.output<(typeof contract.getCase)['output']>;
type Shown = CaseShown;

function opened(context: Context, table: string, id: string, sealed: Buffer | null): Record<string, unknown> {
  if (sealed === null) return {};
  const value = openJson(context.keys, { table, column: 'sealed', district: context.district, id }, sealed);
  // as: this area seals objects only
  return value as Record<string, unknown>;
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

function textOf(context: Context, event: EventRow | undefined): string {
  return event ? word(opened(context, 'case_event', event.id, event.sealed)['text']) : '';
}

function timelineOf(context: Context, events: readonly EventRow[], onCase: boolean): Shown['timeline'] {
  return events.map((event) => {
    const hidden = event.closed && !onCase;
    const text = hidden ? '' : textOf(context, event);
    return {
      id: event.id,
      round: event.round,
      what: event.what,
      day: event.day,
      at: event.at.toISOString(),
      actor: event.actorName,
      words: hidden ? '内容仅限办案人员查看' : event.words,
      detail: text === '' ? null : text,
      visitId: event.visitId,
      documentId: event.documentId,
      referralId: event.referralId,
      dueDate: event.dueDate,
      hidden,
    };
  });
}

async function reportsOf(context: Context, view: CaseView): Promise<Shown['reports']> {
  const rows = await listReports(context.client, context.district, view.id);
  return rows.map((row) => {
    const seal = opened(context, 'dropout_report', row.id, row.sealed);
    const reason = reasonGroups.find((one) => one === row.reasonGroup);
    const where = whereaboutsCodes.find((one) => one === row.whereabouts);
    const joined = (label: string | undefined, text: string) => [label ?? '', text].filter(Boolean).join('：');
    return {
      id: row.id,
      round: row.round,
      reporter: `${row.reportedRole} ${row.reportedName}`,
      reportedAt: row.reportedAt.toISOString(),
      discoveredOn: row.discoveredOn,
      lastSeenOn: row.lastSeenOn,
      firstAbsentOn: row.firstAbsentOn,
      crossedOn: row.crossedOn,
      rule: row.rule,
      clockStart: row.clockStart,
      reason: joined(reason && reasonGroupWords[reason], word(seal['reason'])),
      whereabouts: joined(where && whereaboutsWords[where], word(seal['whereabouts'])),
      done: word(seal['done']),
      joined: row.joined,
    };
  });
}

async function roundsOf(context: Context, view: CaseView, events: readonly EventRow[]): Promise<Shown['rounds']> {
  return (await listRounds(context.client, context.district, view.id)).map(({ source, category, ...row }) => {
    const from = roundSources.find((one) => one === source);
    const closed = categoryOf(category);
    const written = textOf(
      context,
      events.find((event) => event.what === 'reopen' && event.round === row.round),
    );
    return {
      ...row,
      reason: row.reason ?? (written === '' ? null : written),
      sourceWords: from ? roundSourceWords[from] : source,
      categoryWords: closed === null ? null : closingCategoryWords[closed],
    };
  });
}

/** Why a rung was skipped: its words, and the reason that was given. */
function skippedOf(
  context: Context,
  view: CaseView,
  events: readonly EventRow[],
  standing: Pick<RungStanding, 'rung' | 'reason'>,
): string | null {
  if (standing.reason === null) return null;
  const skip = events.findLast(
    ({ what, rung, round }) => what === 'skip' && rung === standing.rung && round === view.round,
  );
  const text = textOf(context, skip);
  return text === '' ? standing.reason : `${standing.reason}：${text}`;
}

async function planOf(context: Context, view: CaseView): Promise<Shown['plan']> {
  const row = await findPlan(context.client, context.district, view.id);
  return (
    row && {
      madeName: row.madeName,
      madeAt: row.madeAt.toISOString(),
      goal: word(opened(context, 'case_plan', row.id, row.sealed)['goal']),
      people: row.people,
    }
  );
}

async function findingOf(context: Context, view: CaseView): Promise<Shown['finding']> {
  const row = await findFindingOf(context.client, context.district, view.id, view.round);
  if (!row) return null;
  const seal = opened(context, 'case_finding', row.id, row.sealed);
  return {
    day: row.day,
    madeName: row.madeName,
    facts: word(seal['facts']),
    evidence: word(seal['evidence']),
    statement: word(seal['statement']),
  };
}

function signatureOf(context: Context, view: CaseView, events: readonly EventRow[]): Shown['returnSignature'] {
  const event = events.findLast((one) => one.what === 'return' && one.round === view.round);
  if (!event) return null;
  const drawn = Strokes.safeParse(opened(context, 'case_event', event.id, event.sealed)['strokes']);
  return drawn.success ? drawn.data : null;
}

/** One case with everything of it that this person may see; out of reach is not found. */
export async function getCase(context: Context, input: { id: string }): Promise<Shown> {
  const { client, district, today } = context;
  const view = await findView(client, district, input.id);
  if (!view) throw notFound('个案');
  const settings = await readSettings(context, today);
  const head = headOf(context, view);
  const { posts, id: actorId, staffId } = context.actor;
  const onCase = isOnCase({ posts, actorId, staffId }, head, view.people);
  const events = await listEvents(client, district, view.id);
  const ladder = ladderOf(view, events, today);
  const brief = await inWholeDistrict(context, () => findBrief(context, view.childId));
  const referrals = await referralsOf(context, view, onCase);
  const { shown: emergencies, hidden } = await emergenciesOf(context, view, onCase);
  const awaits = referrals.some((row) => row.waits);
  const allowed = await allowedOn(context, view, settings, ladder, awaits);
  context.note({ subjectKind: 'case', subjectId: view.id, detail: { childId: view.childId } });
  return {
    ...shownCase(context, view),
    guardian: brief?.guardian ?? null,
    relation: brief?.relation ?? null,
    phoneMask: brief?.phoneMask ?? null,
    address: brief?.address ?? null,
    communityName: brief?.communityName ?? null,
    crossedOn: view.crossedOn,
    discoveredOn: view.discoveredOn,
    lastSeenOn: view.lastSeenOn,
    confirmedOn: view.confirmedOn,
    returnedOn: view.returnedOn,
    presentFrom: view.presentFrom,
    presentDays: view.presentDays,
    presentWanted: settings['dropout.presentDays'],
    next:
      view.nextAction === null
        ? null
        : {
            action: view.nextAction,
            words: view.nextWords ?? '',
            ownerWords: ownerWordsOf(view),
            dueDate: view.dueDate,
            waitsUntil: ladder.find((rung) => rung.state === 'running')?.dueDate ?? null,
            mine: posts.some(
              (post) =>
                post.role === view.ownerRole && post.unitKind === view.ownerUnitKind && post.unitId === view.ownerUnit,
            ),
          },
    allowed,
    ladder: ladder.map((rung) => ({
      ...rung,
      reason: skippedOf(context, view, events, rung),
      words: rungWords[rung.rung],
      issuer: rungIssuerWords[rung.rung],
      missing: missingBefore(rung.rung, ladder).map((one) => one.words),
    })),
    timeline: timelineOf(context, events, onCase),
    rounds: await roundsOf(context, view, events),
    reports: await reportsOf(context, view),
    plan: await planOf(context, view),
    finding: await findingOf(context, view),
    ...(await decisionsOf(context, view)),
    referrals,
    followUps: await followUpsOf(context, view),
    callBack: await callBackOf(context, view),
    emergencies,
    hiddenEmergencies: hidden,
    documents: await documentsOfCase(context, view.id),
    visits: await visitsOfCase(context, view.id),
    returnSignature: signatureOf(context, view, events),
    categories: closingCategories
      .filter((code) => code !== 'returned' || view.state === 'followed')
      .map((code) => ({
        code,
        label: closingCategoryWords[code],
        evidence: closingRules[code].evidence.map((piece) => ({ ...piece })),
        watchWords: watchWords[closingRules[code].watch],
        dated: closingRules[code].dated,
      })),
  };
}
