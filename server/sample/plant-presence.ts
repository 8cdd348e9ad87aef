import { named } from './entries.ts';
import type { Planting } from './entries.ts';
import { maskNumber } from './invented.ts';
import type { PlantedEntry, RosterEntry } from './planted.ts';

/** Marks who is away, on leave or without a row on the day, and writes the presence list from the rosters. */
export function plantPresence({ plan, chance, district }: Planting): void {
  const { truth } = district;
  const unsettled = new Set(
    [...truth.findings.doubleEnrolled, ...truth.findings.identityReview, ...truth.findings.otherProposals].map(
      (entry) => entry.id + entry.name,
    ),
  );
  const usable = chance.shuffle(
    district.rosters.filter(
      (entry) =>
        !unsettled.has(maskNumber(entry.documentNumber) + entry.name) &&
        entry.held === undefined &&
        entry.registryNumber !== '' &&
        entry.name === entry.child.name &&
        entry.documentNumber === entry.child.documentNumber,
    ),
  );
  const take = (count: number, presence: RosterEntry['presence'], list: PlantedEntry[]): void => {
    for (const entry of usable.splice(0, count)) {
      entry.presence = presence;
      list.push(named(entry));
    }
  };
  take(plan.counts.onRollAbsent, 'away-unexcused', truth.findings.onRollAbsent);
  take(plan.counts.onLeave, 'away-on-leave', truth.notFindings.onLeave);
  take(plan.counts.withoutPresenceRow, 'no-row', truth.notFindings.withoutPresenceRow);
  for (const entry of district.rosters) {
    if (entry.presence === 'no-row' || entry.held !== undefined) continue;
    const away = entry.presence !== 'present';
    const leave = entry.presence === 'away-on-leave';
    const reason = leave ? chance.pick(['病假', '病假', '事假']) : chance.pick(['无故缺课', '无故缺课', '']);
    district.presence.push({
      seat: entry.seat,
      name: entry.name,
      registryNumber: entry.registryNumber,
      present: !away,
      reason: away ? reason : '',
      days: away ? (leave ? chance.whole(1, 5) : chance.whole(4, 20)) : 0,
    });
  }
}
