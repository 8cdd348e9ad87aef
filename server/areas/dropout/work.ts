import type { z } from 'zod';
import type { CaseAfter } from '#contract/dropout.ts';
import type { Strokes } from '#domain/basics/strokes.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import type { CaseState, Rung } from '#domain/dropout/record.ts';
import { findStep } from '#domain/dropout/rules.ts';
import type { CaseAction, Step } from '#domain/dropout/steps.ts';
import type { Settings } from '#domain/organisations/settings.ts';
import { refreshReach } from '#server/areas/comparison/actions.ts';
import { isWorkday, readSettings } from '#server/areas/organisations/actions.ts';
import { dropCaseVisits } from '#server/areas/visits/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { followCase } from './course.ts';
import { actorRoles, unitsOf } from './head.ts';
import { nextFor } from './next.ts';
import { findCase, lockChild, markRound, updateCase, type CaseRecord } from './store-cases.ts';
import { insertEvent } from './store-events.ts';
import { writeState } from './store-state.ts';
import { afterOf } from './views.ts';

/** What every step answers. */
export type After = z.output<typeof CaseAfter>;

/** A case under somebody's hands: the record as it stood, the step that the table allows, and what the rules need. */
export interface Work {
  record: CaseRecord;
  step: Step;
  roles: readonly string[];
  settings: Settings;
  isWorkday: (day: string) => boolean;
}

/** What a step did: its event, and what it changes in the case. */
export interface Taken {
  /** The step as news and timeline name it. */
  what: CaseAction | 'skip' | 'merged' | 'split';
  words: string;
  day?: string;
  rung?: Rung;
  /** Free text that is sealed. */
  text?: string;
  /** A signature drawn for it, sealed with the text. */
  strokes?: Strokes;
  /** Shown only to those on the case. */
  closed?: boolean;
  eventId?: string;
  visitId?: string | undefined;
  documentId?: string;
  referralId?: string;
  dueDate?: string | null;
  change?: Partial<CaseRecord>;
  /** The state after it; left out, that of the table. */
  next?: CaseState;
  /** The day from which the new state holds; today when left out. */
  from?: string;
  closedOn?: string;
  urgent?: boolean;
  /** Of an answer from another office: what is no longer waited for. */
  answered?: readonly ('letters' | 'urgent')[];
}

/** What an event seals. */
export function sealText(
  context: Context,
  eventId: string,
  text: string | undefined,
  strokes?: Strokes,
): Buffer | null {
  if ((text === undefined || text === '') && strokes === undefined) return null;
  return sealJson(
    context.keys,
    { table: 'case_event', column: 'sealed', district: context.district, id: eventId },
    { text: text ?? '', ...(strokes === undefined ? {} : { strokes }) },
  );
}

/** The settings and the calendar that a step needs. */
export async function rulesNow(context: Context): Promise<Pick<Work, 'settings' | 'isWorkday'>> {
  return { settings: await readSettings(context, context.today), isWorkday: await isWorkday(context) };
}

/** Says whether a step may be taken by the actor, or by the roles that are named, else throws why not. */
export function stepOrThrow(
  context: Context,
  record: CaseRecord,
  action: CaseAction,
  settings: Settings,
  roles: string[] = actorRoles(context, record),
): { step: Step; roles: string[] } {
  const found = findStep(action, record.state, roles, {
    hasSchool: record.schoolId !== null,
    bureauConfirms: settings['dropout.bureauConfirms'],
  });
  if ('step' in found) return { step: found.step, roles };
  throw new Failure(found.code, found.why, { state: record.state, next: record.nextWords });
}

/**
 * Takes a step on a case within reach: holds the row, asks the table, does the work with the whole district in sight, writes event,
 * state, owner and reach, and tells the areas above. Out of reach is not found.
 */
export async function takeStep(
  context: Context,
  id: string,
  action: CaseAction,
  work: (work: Work) => Promise<Taken | null>,
): Promise<After> {
  const record = await findCase(context.client, context.district, id, true);
  if (!record) throw notFound('个案');
  const rules = await rulesNow(context);
  return inWholeDistrict(context, async () => {
    const { step, roles } = stepOrThrow(context, record, action, rules.settings);
    const taken = await work({ record, step, roles, ...rules });
    return taken === null ? afterOf(context, record) : finish(context, { record, step, ...rules }, taken);
  });
}

/** Writes what a step did; answers the case as it stands then. Runs with the whole district in sight. */
export async function finish(
  context: Context,
  work: Pick<Work, 'record' | 'settings' | 'isWorkday'> & { step: Pick<Step, 'next'> | null },
  taken: Taken,
): Promise<After> {
  const { client, district, actor, now, today } = context;
  const before = work.record;
  const state = taken.next ?? work.step?.next ?? before.state;
  const changed: CaseRecord = { ...before, ...taken.change, state };
  // Who takes a step, or reports the emergency, is on the case; who only adds a report, a visit or a service is not.
  const joins = work.step !== null || taken.what === 'emergency' || taken.what === 'reopen';
  if (actor.kind === 'person' && joins) changed.people = [...new Set([...changed.people, actor.staffId ?? actor.id])];
  changed.units = unitsOf(changed);
  const childReach = (await lockChild(client, district, changed.childId)) ?? [];
  changed.reach = [...new Set([...childReach, ...changed.units])].sort();
  const moved = state !== before.state || changed.round !== before.round;
  if (moved) changed.stateSince = taken.from ?? today;
  const eventId = taken.eventId ?? context.newId();
  await insertEvent(client, district, {
    id: eventId,
    caseId: changed.id,
    childId: changed.childId,
    round: changed.round,
    what: taken.what,
    rung: taken.rung ?? null,
    day: taken.day ?? today,
    at: now,
    words: taken.words,
    sealed: sealText(context, eventId, taken.text, taken.strokes),
    closed: taken.closed ?? false,
    actorId: actor.id,
    actorName: actor.name,
    visitId: taken.visitId ?? null,
    documentId: taken.documentId ?? null,
    referralId: taken.referralId ?? null,
    dueDate: taken.dueDate ?? null,
    reach: changed.reach,
  });
  const next = await nextFor(context, changed, work);
  changed.nextAction = next?.action ?? null;
  changed.nextWords = next?.words ?? null;
  changed.dueDate = next?.due ?? null;
  if (next) {
    changed.ownerRole = next.owner.role;
    changed.ownerUnitKind = next.owner.unitKind;
    changed.ownerUnit = next.owner.unit;
  }
  await updateCase(client, district, changed, now);
  if (moved && ['closed', 'dismissed', 'returned'].includes(state)) await dropCaseVisits(context, changed.id);
  await markRound(client, district, changed, taken.closedOn ?? null);
  const placeMoved =
    changed.schoolId !== before.schoolId ||
    changed.classId !== before.classId ||
    changed.subdistrictCode !== before.subdistrictCode;
  if (moved || placeMoved)
    await writeState(client, district, changed, {
      from: moved ? changed.stateSince : today,
      knownAt: await context.knownAt(),
      newId: () => context.newId(),
    });
  if (moved) await followCase(context, before, changed);
  const rests = (one: CaseState) => one === 'closed' || one === 'dismissed';
  if (changed.reach.join() !== before.reach.join() || rests(state) !== rests(before.state))
    await refreshReach(context, [changed.childId]);
  context.note({
    subjectKind: 'case',
    subjectId: changed.id,
    detail: { childId: changed.childId, step: taken.what, state, round: changed.round },
  });
  await context.announce({
    kind: 'dropout.stepped',
    caseId: changed.id,
    caseKind: changed.kind,
    round: changed.round,
    step: taken.what,
    state,
    ownerRole: changed.ownerRole,
    ownerUnitKind: changed.ownerUnitKind,
    ownerUnit: changed.ownerUnit,
    at: now.toISOString(),
    next: changed.nextAction,
    dueDate: changed.dueDate,
    urgent: taken.urgent ?? false,
    ...(taken.answered === undefined ? {} : { answered: taken.answered }),
    childId: changed.childId,
    schoolId: changed.schoolId,
    classId: changed.classId,
  });
  return afterOf(context, changed);
}
