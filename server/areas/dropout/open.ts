import { catchmentSchool } from '#domain/comparison/rules.ts';
import { openStates, type CaseKind, type RoundSource } from '#domain/dropout/record.ts';
import { schoolOwner } from '#domain/dropout/rules.ts';
import { refreshReach } from '#server/areas/comparison/actions.ts';
import { catchmentsOf, schoolsOf } from '#server/areas/organisations/actions.ts';
import { getBrief, type ChildBrief } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { headOf, unitsOf } from './head.ts';
import { insertCase, insertRound, lockCaseOf, lockChild, type CaseRecord } from './store-cases.ts';
import { writeState } from './store-state.ts';
import { wasOnRoll } from './store-views.ts';

/** Where a case is to stand. */
export interface CasePlace {
  kind: CaseKind;
  schoolId: string | null;
  classId: string | null;
  subdistrictCode: string | null;
  communityCode: string | null;
}

/** Where a child's case belongs: the school where he is on roll or attends; for one on none the school of the catchment, else the bureau (product, section 4). */
export async function placeOf(
  context: Context,
  brief: ChildBrief,
  attends: { schoolId: string; classId: string | null } | null,
): Promise<CasePlace> {
  const { subdistrictCode, communityCode } = brief;
  const schoolId = attends?.schoolId ?? brief.schoolId;
  if (schoolId !== null)
    return {
      kind: 'dropout',
      schoolId,
      classId: attends ? attends.classId : brief.classId,
      subdistrictCode,
      communityCode,
    };
  const serving = (await catchmentsOf(context, context.today)).filter((row) => row.communityCode === communityCode);
  const schools = (await schoolsOf(context)).filter((school) => serving.some((row) => row.schoolId === school.id));
  return {
    kind: (await wasOnRoll(context.client, context.district, brief.id)) ? 'dropout' : 'outOfSchool',
    schoolId: catchmentSchool(
      schools.map(({ id, code, stage }) => ({ schoolId: id, code, stage })),
      brief.birthDate,
      context.today,
    ),
    classId: null,
    subdistrictCode,
    communityCode,
  };
}

/** Why a round begins. */
export interface Opening {
  source: RoundSource;
  clockStart: string;
  crossedOn: string | null;
  discoveredOn: string | null;
  lastSeenOn: string | null;
  findingId: string | null;
  reason: string | null;
}

function fresh(context: Context, childId: string, place: CasePlace, opening: Opening): CaseRecord {
  const record: CaseRecord = {
    id: context.newId(),
    childId,
    ...place,
    state: 'suspected',
    round: 1,
    lead: place.schoolId === null ? 'district' : 'school',
    ownerRole: 'bureauOfficer',
    ownerUnitKind: 'district',
    ownerUnit: context.district,
    nextAction: null,
    nextWords: null,
    dueDate: null,
    openedAt: context.now,
    stateSince: opening.clockStart,
    crossedOn: opening.crossedOn,
    discoveredOn: opening.discoveredOn,
    lastSeenOn: opening.lastSeenOn,
    clockStart: opening.clockStart,
    confirmedOn: null,
    reasonGroup: null,
    whereabouts: null,
    persuasions: 0,
    presentFrom: null,
    presentDays: 0,
    returnedOn: null,
    category: null,
    emergency: false,
    people: [],
    units: [],
    reach: [],
  };
  const owner = schoolOwner(headOf(context, record));
  record.ownerRole = owner.role;
  record.ownerUnitKind = owner.unitKind;
  record.ownerUnit = owner.unit;
  return record;
}

async function beginRound(context: Context, record: CaseRecord, opening: Opening): Promise<void> {
  await insertRound(context.client, context.district, {
    id: context.newId(),
    caseId: record.id,
    childId: record.childId,
    round: record.round,
    kind: record.kind,
    source: opening.source,
    openedAt: context.now,
    openedOn: opening.clockStart,
    openedName: context.actor.name,
    crossedOn: opening.crossedOn,
    findingId: opening.findingId,
    reason: opening.reason,
    reach: record.reach,
  });
}

/** How a case was met: opened now, opened again as a new round, or open already. */
export type Met = 'opened' | 'reopened' | 'joined';

/** A case at rest as it begins another round; what its earlier rounds hold stays in them. */
export function renewed(record: CaseRecord, opening: Opening): CaseRecord {
  return {
    ...record,
    state: 'suspected',
    round: record.round + 1,
    stateSince: opening.clockStart,
    crossedOn: opening.crossedOn,
    discoveredOn: opening.discoveredOn,
    lastSeenOn: opening.lastSeenOn,
    clockStart: opening.clockStart,
    confirmedOn: null,
    persuasions: 0,
    presentFrom: null,
    presentDays: 0,
    returnedOn: null,
    category: null,
    emergency: false,
  };
}

/** Opens another round of a case that is held. */
export async function reopen(context: Context, record: CaseRecord, opening: Opening): Promise<CaseRecord> {
  const again = renewed(record, opening);
  await beginRound(context, again, opening);
  return again;
}

/**
 * The one case of a child, held: opened when there is none, opened again as a new round when it is at rest, joined when it is open.
 * Runs with the whole district in sight, so that two people who reach the child differently meet in one case.
 */
export async function meetCase(
  context: Context,
  childId: string,
  attends: { schoolId: string; classId: string | null } | null,
  opening: Opening,
): Promise<{ record: CaseRecord; met: Met }> {
  const { client, district } = context;
  const childReach = (await lockChild(client, district, childId)) ?? [];
  const standing = await lockCaseOf(client, district, childId);
  if (standing && openStates.includes(standing.state)) return { record: standing, met: 'joined' };
  const place = await placeOf(context, await getBrief(context, childId), attends);
  if (standing) {
    const record = await reopen(context, { ...standing, ...place, kind: standing.kind }, opening);
    return { record, met: 'reopened' };
  }
  const record = fresh(context, childId, place, opening);
  record.units = unitsOf(record);
  record.reach = [...new Set([...childReach, ...record.units])].sort();
  await insertCase(client, district, record, context.now);
  await beginRound(context, record, opening);
  await writeState(client, district, record, {
    from: opening.clockStart,
    knownAt: await context.knownAt(),
    newId: () => context.newId(),
  });
  await refreshReach(context, [childId]);
  return { record, met: 'opened' };
}
