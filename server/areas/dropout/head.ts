import { reachToken } from '#domain/basics/reach.ts';
import type { CaseHead } from '#domain/dropout/record.ts';
import { rolesOn } from '#domain/dropout/rules.ts';
import type { Context } from '#server/http/context.ts';
import type { CaseRecord } from './store-cases.ts';

/** A case as its rules see it. */
export function headOf(context: Context, record: CaseRecord): CaseHead {
  return {
    id: record.id,
    kind: record.kind,
    state: record.state,
    round: record.round,
    district: context.district,
    schoolId: record.schoolId,
    classId: record.classId,
    subdistrictCode: record.subdistrictCode,
    lead: record.lead,
    owner: { role: record.ownerRole, unitKind: record.ownerUnitKind, unit: record.ownerUnit },
  };
}

/** The roles of the actor on a case; the platform has its own. */
export function actorRoles(context: Context, record: CaseRecord): string[] {
  return context.actor.kind === 'platform' ? ['platform'] : rolesOn(context.actor.posts, headOf(context, record));
}

/** The units of a case beside its child: those it had stay, those it now has are added. */
export function unitsOf(record: CaseRecord): string[] {
  const tokens = new Set(record.units);
  if (record.schoolId !== null) tokens.add(reachToken('school', record.schoolId));
  if (record.classId !== null) tokens.add(reachToken('class', record.classId));
  if (record.subdistrictCode !== null) tokens.add(reachToken('subdistrict', record.subdistrictCode));
  if (record.communityCode !== null) tokens.add(reachToken('community', record.communityCode));
  return [...tokens].sort();
}
