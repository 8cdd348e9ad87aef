import { dueDate } from '#domain/basics/calendar.ts';
import { findingReach, waitsForProof } from '#domain/comparison/rules.ts';
import type { Owner } from '#domain/comparison/record.ts';
import { dueDaysOf, type Settings } from '#domain/organisations/settings.ts';
import { isWorkday } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { carryCaseReach, carryDutyReach, carryNoticeReach, carryPaperReach } from '#server/areas/imports/actions.ts';
import { refreshReach } from './reach.ts';
import { addAskedReach, listOverreached } from './store-reach.ts';
import {
  insertFindings,
  insertMoves,
  listAcceptedFindings,
  listLiveFindings,
  refreshFindings,
  type FindingRefresh,
  settleFindings,
  type StandingFinding,
} from './store-sync.ts';
import type { WantedFinding } from './wanted.ts';

/** What a comparison changed in the findings. */
export interface Synced {
  opened: number;
  kept: number;
  changed: number;
  settled: number;
}

function keyOf(finding: { kind: string; childId: string }): string {
  return `${finding.kind}|${finding.childId}`;
}

function needsRefresh(standing: StandingFinding, wanted: WantedFinding): boolean {
  return (
    standing.detail.print !== wanted.detail.print ||
    standing.detail.words !== wanted.detail.words ||
    standing.school_id !== wanted.schoolId ||
    standing.subdistrict_code !== wanted.subdistrictCode ||
    standing.community_code !== wanted.communityCode
  );
}

/** Whether the school or street of a finding is another than it was, or one of the schools that claim a child. */
function isElsewhere(standing: StandingFinding, wanted: WantedFinding): boolean {
  const claimed = wanted.kind === 'doubleEnrolled' && standing.detail.print !== wanted.detail.print;
  return claimed || standing.school_id !== wanted.schoolId || standing.subdistrict_code !== wanted.subdistrictCode;
}

/** Whether somebody who is asked does not reach the child yet. */
function asksBeyond(finding: WantedFinding, owner: Owner): boolean {
  return findingReach(finding.childReach, finding.kind, finding.schoolId, owner).length > finding.childReach.length;
}

/**
 * Opens what is new, keeps what stands with its state, owner and due day, settles what the lists no longer show.
 * What was explained and accepted stays closed for as long as the facts that made the finding are the same.
 */
export async function syncFindings(
  context: Context,
  runId: string,
  settings: Settings,
  wanted: readonly WantedFinding[],
): Promise<Synced> {
  const { client, district, now } = context;
  const live = new Map(
    (await listLiveFindings(client, district)).map((row) => [keyOf({ kind: row.kind, childId: row.child_id }), row]),
  );
  const accepted = new Map(
    (await listAcceptedFindings(client, district)).map((row) => [
      keyOf({ kind: row.kind, childId: row.child_id }),
      row.detail.print,
    ]),
  );
  const workday = await isWorkday(context);
  const dueBy = new Map<string, string>();
  const dueOf = (kind: WantedFinding['kind']): string => {
    let due = dueBy.get(kind);
    if (due === undefined) {
      due = dueDate(
        context.today,
        { days: waitsForProof(kind) ? settings['due.proof'] : dueDaysOf(settings, kind), unit: 'calendar' },
        { isWorkday: workday },
      );
      dueBy.set(kind, due);
    }
    return due;
  };
  const fresh: (WantedFinding & { id: string; dueDate: string })[] = [];
  const changed: FindingRefresh[] = [];
  const asked: string[] = [];
  const moved: string[] = [];
  const elsewhere: { id: string; finding: StandingFinding }[] = [];
  let kept = 0;
  for (const finding of wanted) {
    const standing = live.get(keyOf(finding));
    if (standing) {
      live.delete(keyOf(finding));
      kept += 1;
      const place = standing.detail.placeName;
      const detail = { ...finding.detail, ...(place === undefined ? {} : { placeName: place }) };
      if (needsRefresh(standing, finding)) changed.push({ ...finding, id: standing.id, detail });
      if (isElsewhere(standing, finding)) elsewhere.push({ id: context.newId(), finding: standing });
      if (standing.school_id !== finding.schoolId && standing.school_id !== null) moved.push(finding.childId);
      else if (asksBeyond(finding, { kind: standing.owner_kind, unit: standing.owner_unit }))
        asked.push(finding.childId);
    } else if (accepted.get(keyOf(finding)) !== finding.detail.print) {
      fresh.push({ ...finding, id: context.newId(), dueDate: dueOf(finding.kind) });
      if (asksBeyond(finding, finding.owner)) asked.push(finding.childId);
    }
  }
  await insertFindings(client, district, runId, now, fresh);
  await insertMoves(client, district, { ...context.actor, knownAt: await context.knownAt() }, elsewhere);
  await refreshFindings(client, district, runId, changed);
  const gone = [...live.values()].map((row) => row.id);
  await settleFindings(client, district, runId, gone, now);
  await addAskedReach(client, district, [...new Set(asked)]);
  await carryPaperReach(client, district, [...new Set(asked)]);
  await carryCaseReach(client, district, [...new Set(asked)]);
  await carryNoticeReach(client, district, [...new Set(asked)]);
  await carryDutyReach(client, district, [...new Set(asked)]);
  await refreshReach(context, [...new Set([...moved, ...(await listOverreached(client, district, gone))])]);
  await context.announce({ kind: 'comparison.findingsSynced', runId, at: now.toISOString() });
  return { opened: fresh.length, kept, changed: changed.length, settled: gone.length };
}
