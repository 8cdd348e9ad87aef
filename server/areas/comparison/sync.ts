import { dueDate } from '#domain/basics/calendar.ts';
import { findingReach, proofDays, waitsForProof } from '#domain/comparison/rules.ts';
import { dueDaysOf, type Settings } from '#domain/organisations/settings.ts';
import { isWorkday } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import {
  insertFindings,
  keepFindings,
  listAcceptedFindings,
  listLiveFindings,
  refreshFinding,
  settleFindings,
  type StandingFinding,
} from './store-sync.ts';
import type { WantedFinding } from './wanted.ts';

/** What a comparison changed in the findings. */
export interface Synced {
  opened: number;
  kept: number;
  settled: number;
}

function keyOf(finding: { kind: string; childId: string }): string {
  return `${finding.kind}|${finding.childId}`;
}

function sameText(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}

function needsRefresh(standing: StandingFinding, wanted: WantedFinding, reach: readonly string[]): boolean {
  return (
    standing.detail.print !== wanted.detail.print ||
    standing.detail.words !== wanted.detail.words ||
    standing.school_id !== wanted.schoolId ||
    standing.subdistrict_code !== wanted.subdistrictCode ||
    standing.community_code !== wanted.communityCode ||
    !sameText(standing.reach, reach)
  );
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
        { days: waitsForProof(kind) ? proofDays : dueDaysOf(settings, kind), unit: 'calendar' },
        { isWorkday: workday },
      );
      dueBy.set(kind, due);
    }
    return due;
  };
  const fresh: (WantedFinding & { id: string; dueDate: string })[] = [];
  const kept: string[] = [];
  for (const finding of wanted) {
    const standing = live.get(keyOf(finding));
    if (standing) {
      live.delete(keyOf(finding));
      kept.push(standing.id);
      const reach = findingReach(finding.reach, finding.schoolId, {
        kind: standing.owner_kind,
        unit: standing.owner_unit,
      });
      const place = standing.detail.placeName;
      if (needsRefresh(standing, finding, reach))
        await refreshFinding(client, district, standing.id, {
          ...finding,
          reach,
          detail: { ...finding.detail, ...(place === undefined ? {} : { placeName: place }) },
        });
    } else if (accepted.get(keyOf(finding)) !== finding.detail.print)
      fresh.push({ ...finding, id: context.newId(), dueDate: dueOf(finding.kind) });
  }
  await insertFindings(client, district, runId, now, fresh);
  await keepFindings(client, district, runId, kept);
  const gone = [...live.values()].map((row) => row.id);
  await settleFindings(client, district, gone, now);
  return { opened: fresh.length, kept: kept.length, settled: gone.length };
}
