import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout.ts';
import { Failure } from '#domain/basics/failure.ts';
import { referralPartyWords } from '#domain/dropout/words.ts';
import type { Settings } from '#domain/organisations/settings.ts';
import { getBrief } from '#server/areas/population/actions.ts';
import { minutesAfter } from '#server/clock.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { meetCase } from './open.ts';
import { finishMet, linkOf, notAfterToday, reporterRole } from './report.ts';
import { findCase } from './store-cases.ts';
import { insertEmergency, listEmergencies } from './store-events.ts';
import { insertReferral } from './store-referrals.ts';
import { afterOf } from './views.ts';
import { rulesNow, type After } from './work.ts';

/** Until when an emergency, or a referral of one, that began at a moment is to be answered (product, section 4: 24 hours where the bureau set no other). */
export function urgentUntil(start: Date, settings: Settings): Date {
  return minutesAfter(start, settings['duty.urgentCase'] * 60);
}

/**
 * Reports 紧急情况: never waits for a threshold; the areas above tell principal and bureau at once. What it is about is sealed and
 * shown only to those on the case; the timeline says no more than that there is one.
 */
export async function reportEmergency(
  context: Context,
  input: ParsedOf<typeof contract.reportEmergency>,
): Promise<After & { emergencyId: string; link: string; dueAt: string; referrals: number }> {
  notAfterToday(context, input.day, 'day');
  const brief = await getBrief(context, input.childId);
  reporterRole(context, brief.reach);
  const rules = await rulesNow(context);
  const { client, district, actor, now, keys, today } = context;
  return inWholeDistrict(context, async () => {
    const [before] = await listEmergencies(client, district, { id: input.id });
    const known = before ? await findCase(client, district, before.caseId, false) : null;
    if (before && known) {
      if (known.childId !== input.childId)
        throw new Failure('already-exists', '这个编号的报告已用于另一名学生，请重新填写。');
      return {
        ...(await afterOf(context, known)),
        emergencyId: before.id,
        link: linkOf(known.id),
        dueAt: urgentUntil(before.reportedAt, rules.settings).toISOString(),
        referrals: input.parties.length,
      };
    }
    const met = await meetCase(context, brief.id, null, {
      source: 'emergency',
      clockStart: input.day,
      crossedOn: null,
      discoveredOn: input.day,
      lastSeenOn: null,
      findingId: null,
      reason: null,
    });
    const after = await finishMet(
      context,
      met,
      {
        what: 'emergency',
        words: '报告紧急情况（内容仅限办案人员查看）',
        day: input.day,
        urgent: true,
        change: { emergency: true, ...(met.record.whereabouts === null ? { whereabouts: input.whereabouts } : {}) },
      },
      rules,
    );
    const reach = (await findCase(client, district, met.record.id, false))?.reach ?? met.record.reach;
    const of = { caseId: met.record.id, childId: brief.id, round: after.round, reach };
    await insertEmergency(client, district, {
      ...of,
      id: input.id,
      reportedBy: actor.id,
      reportedName: actor.name,
      reportedAt: now,
      sealed: sealJson(
        keys,
        { table: 'case_emergency', column: 'sealed', district, id: input.id },
        { kinds: input.kinds, words: input.words, police: input.police },
      ),
    });
    const dueAt = urgentUntil(now, rules.settings);
    for (const party of new Set(input.parties)) {
      const id = context.newId();
      await insertReferral(client, district, {
        ...of,
        id,
        party,
        partyName: referralPartyWords[party],
        number: null,
        urgent: true,
        closed: true,
        sentOn: today,
        dueAt,
        sealed: sealJson(
          keys,
          { table: 'case_referral', column: 'sealed', district, id },
          { words: `紧急情况转介：${input.words}` },
        ),
        sentBy: actor.id,
        sentName: actor.name,
        sentAt: now,
      });
    }
    return {
      ...after,
      emergencyId: input.id,
      link: linkOf(met.record.id),
      dueAt: dueAt.toISOString(),
      referrals: new Set(input.parties).size,
    };
  });
}
