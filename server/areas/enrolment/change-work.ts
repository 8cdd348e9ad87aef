import type { z } from 'zod';
import type { ChangeAfter } from '#contract/enrolment-changes.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { isRole, roleUnit, roleWords, type HeldPost } from '#domain/basics/roles.ts';
import { dueOf } from '#domain/enrolment/change-rules.ts';
import { changeStateWords } from '#domain/enrolment/change-words.ts';
import { openChangeStates, type ChangeState } from '#domain/enrolment/changes-record.ts';
import {
  changeSteps,
  findChangeStep,
  holds,
  partiesIn,
  type ChangeAction,
  type ChangeStep,
} from '#domain/enrolment/steps.ts';
import { isWorkday, readSettings } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { findChange, insertChangeEvent, updateChange, type ChangeEvent, type ChangeRecord } from './store-changes.ts';
import { holdChildren } from './store-course.ts';

/** What every step of a change answers. */
export type After = z.output<typeof ChangeAfter>;

/** What a change seals: words of people, the school elsewhere, and which paper is which piece. */
export interface ChangeSeal {
  reason: string;
  elsewhere: string;
  place: string;
  placeKind: string | null;
  quota: number | null;
  pieces: { code: string; paperId: string }[];
}

const sealPlace = (context: Context, id: string) =>
  ({ table: 'registry_change', column: 'sealed', district: context.district, id }) as const;

/** Seals what a change says. */
export function sealChange(context: Context, id: string, seal: ChangeSeal): Buffer {
  return sealJson(context.keys, sealPlace(context, id), seal);
}

/** Opens what a change says. */
export function openChange(context: Context, record: Pick<ChangeRecord, 'id' | 'sealed'>): ChangeSeal {
  // as: sealed by sealChange with these fields
  return openJson(context.keys, sealPlace(context, record.id), record.sealed) as ChangeSeal;
}

/** What a step did: its event and what it changes. */
export interface Taken {
  what: ChangeAction;
  words: string;
  /** Free text that is sealed. */
  text?: string;
  day?: string;
  change?: Partial<ChangeRecord>;
}

/** Who holds a change in a state: the first party, where it has one. */
export function ownerOf(
  record: Pick<ChangeRecord, 'kind' | 'state' | 'schoolId' | 'toSchoolId'>,
  district: string,
): { role: string; unitKind: string; unit: string } | null {
  const [party] = partiesIn(record.kind, record.state);
  if (!party) return null;
  const unit = party.at === 'bureau' ? district : party.at === 'sending' ? record.schoolId : record.toSchoolId;
  if (unit === null || !isRole(party.role)) return { role: 'bureauOfficer', unitKind: 'district', unit: district };
  return { role: party.role, unitKind: roleUnit[party.role], unit };
}

/** Words of who holds a change; where the child is, the school that he left finds out with the bureau. */
export function ownerWords(record: Parameters<typeof ownerOf>[0], district: string): string | null {
  if (record.state === 'late' && record.schoolId !== null)
    return `学籍学校${roleWords.registrar}、区教育局${roleWords.bureauOfficer}`;
  const owner = ownerOf(record, district);
  if (owner === null || !isRole(owner.role)) return null;
  const place = owner.unitKind === 'district' ? '区教育局' : owner.unit === record.toSchoolId ? '转入学校' : '学籍学校';
  return `${place}${roleWords[owner.role]}`;
}

/** What a step answers. */
export function afterOf(context: Context, record: ChangeRecord): After {
  return {
    id: record.id,
    state: record.state,
    stateWords: changeStateWords[record.state],
    ownerWords: ownerWords(record, context.district),
    dueDate: record.dueDate,
  };
}

/** Both schools of a change, which reach it beside the child's own units. */
export function unitsOf(record: Pick<ChangeRecord, 'schoolId' | 'toSchoolId'>): string[] {
  return [record.schoolId, record.toSchoolId].flatMap((id) => (id === null ? [] : [reachToken('school', id)])).sort();
}

/** The day by which a state is to be left; null where nobody is waited for. */
export async function dueIn(
  context: Context,
  record: Pick<ChangeRecord, 'kind' | 'fromDay'>,
  state: ChangeState,
): Promise<string | null> {
  if (!openChangeStates.includes(state) || state === 'late') return null;
  const settings = await readSettings(context, context.today);
  const days = { party: settings['enrolment.partyDays'], noShow: settings['enrolment.noShowDays'] };
  return dueOf(record.kind, { today: context.today, fromDay: record.fromDay }, days, await isWorkday(context));
}

/** The step that the actor may take, else why not. */
export function stepOrThrow(context: Context, record: ChangeRecord, action: ChangeAction): ChangeStep {
  const { actor, district } = context;
  const found = findChangeStep(
    action,
    { ...record, district },
    { id: actor.id, posts: actor.posts, platform: actor.kind === 'platform' },
  );
  if ('step' in found) return found.step;
  throw new Failure(found.code, found.why, { state: record.state });
}

/** The role under which the actor takes a step, as timeline and form name it: that of the post which the table asks for. */
function roleOf({ actor, district }: Context, change: ChangeRecord, what: string): string {
  const { kind, schoolId, toSchoolId } = change;
  const parties = changeSteps.filter((step) => step.kind === kind && step.action === what).flatMap((step) => step.by);
  const asked = (post: HeldPost) => parties.some((party) => holds(post, party, { district, schoolId, toSchoolId }));
  const post = actor.posts.find(asked) ?? actor.posts[0];
  return post === undefined ? '平台' : roleWords[post.role];
}

const eventPlace = (district: string, id: string) =>
  ({ table: 'registry_change_event', column: 'sealed', district, id }) as const;

/** Writes what was done as the next event of a change. */
export async function writeEvent(
  context: Context,
  change: ChangeRecord,
  state: ChangeState,
  taken: Pick<Taken, 'words' | 'text' | 'day'> & { what: string },
): Promise<void> {
  const { client, district, actor, now, today, keys } = context;
  const id = context.newId();
  await insertChangeEvent(
    client,
    district,
    { changeId: change.id, childId: change.childId, reach: change.reach },
    {
      id,
      what: taken.what,
      state,
      day: taken.day ?? today,
      at: now,
      words: taken.words,
      sealed:
        taken.text === undefined || taken.text === ''
          ? null
          : sealJson(keys, eventPlace(district, id), { text: taken.text }),
      actorId: actor.id,
      actorName: actor.name,
      actorRole: roleOf(context, change, taken.what),
      dueDate: change.dueDate,
    },
  );
}

/** A context whose notes are not kept: what one of many does is taken back, or told of all together. */
export function withoutNotes(context: Context): Context {
  const quiet: Context = {
    ...context,
    note: () => undefined,
    announce: async (news) => {
      for (const hear of context.platform.listeners) await hear(quiet, news);
    },
  };
  return quiet;
}

/** What was said with a step; null where nothing was. */
export function openEventText(context: Context, event: Pick<ChangeEvent, 'id' | 'sealed'>): string | null {
  if (event.sealed === null) return null;
  // as: sealed by writeEvent with this field
  return (openJson(context.keys, eventPlace(context.district, event.id), event.sealed) as { text: string }).text;
}

/** Writes a step: event, state, due day, reach; tells the areas above. Runs with the whole district in sight. */
export async function finish(context: Context, before: ChangeRecord, next: ChangeState, taken: Taken): Promise<After> {
  const { client, district, now, today } = context;
  const changed: ChangeRecord = { ...before, ...taken.change, state: next };
  if (next !== before.state) changed.stateSince = today;
  changed.dueDate = await dueIn(context, changed, next);
  if (next === 'done' && before.state !== 'done') changed.doneOn = today;
  changed.units = unitsOf(changed);
  const child = (await holdChildren(client, district, [changed.childId])).get(changed.childId) ?? [];
  changed.reach = [...new Set([...child, ...changed.units])].sort();
  await updateChange(client, district, changed, now);
  await writeEvent(context, changed, next, taken);
  context.note({
    subjectKind: 'registryChange',
    subjectId: changed.id,
    detail: { childId: changed.childId, kind: changed.kind, step: taken.what, state: next },
  });
  const owner = ownerOf(changed, district);
  await context.announce({
    kind: 'enrolment.changeStepped',
    changeId: changed.id,
    changeKind: changed.kind,
    state: next,
    ownerRole: owner?.role ?? null,
    ownerUnitKind: owner?.unitKind ?? null,
    ownerUnit: owner?.unit ?? null,
    dueDate: changed.dueDate,
    childId: changed.childId,
    schoolId: owner?.unitKind === 'school' ? owner.unit : (changed.schoolId ?? changed.toSchoolId),
    classId: null,
    rollSchoolId: changed.schoolId,
    at: now.toISOString(),
  });
  return afterOf(context, changed);
}

/** Takes a step on a change within reach: holds the row, asks the table, does the work with the whole district in sight. Out of reach is not found. */
export async function takeChangeStep(
  context: Context,
  id: string,
  action: ChangeAction,
  work: (whole: Context, record: ChangeRecord, step: ChangeStep) => Promise<Taken>,
): Promise<After> {
  const record = await findChange(context.client, context.district, id, true);
  if (!record) throw notFound('学籍异动', '项');
  const step = stepOrThrow(context, record, action);
  return underReach(context, wholeReach, async (whole) =>
    finish(whole, record, step.next, await work(whole, record, step)),
  );
}
