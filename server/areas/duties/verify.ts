import { comparisonKindWords } from '#domain/comparison/words.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { findingAsks, findingRules } from '#domain/duties/finding-duties.ts';
import { levelsFor } from '#domain/duties/rules.ts';
import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { ruleOn } from './open.ts';
import { settle } from './store-duties.ts';
import { endOfClosed, endOfHanded, kindsAsking, openVerifications, type VerifyEnd } from './store-verify.ts';

type Heard = NewsOf<
  | 'comparison.findingsSynced'
  | 'comparison.findingStepped'
  | 'comparison.findingsDecided'
  | 'comparison.personsMerged'
  | 'comparison.personsSplit'
>;

/** Opens what findings make owed that nobody owes yet: a statement for each kind and kind of owner that there is, however many findings. */
async function openAsked(
  context: Context,
  news: { kind: string; at: string },
  of: { findingId: string | null; why: string | null },
): Promise<number> {
  const { client, district } = context;
  let count = 0;
  // An occasion of its own: a finding may be handed on twice at one moment. That nothing is doubled is held by the one open duty of a rule and finding.
  const occasion = context.newId();
  const there = await kindsAsking(client, district, of.findingId);
  for (const ask of findingAsks) {
    if (!there.some((one) => one.kind === ask.kind && one.owner_kind === ask.ownerKind)) continue;
    const rule = dutyRules[ask.rule];
    const { version } = await ruleOn(context, rule, context.today);
    // The levels are the same for every unit of the kind.
    const schoolId = ask.unitKind === 'school' ? district : null;
    const place = { district, schoolId, classId: null, childId: null, caseId: null };
    const { ladder, owner } = levelsFor(rule.ladder, place, { role: ask.role, unitKind: ask.unitKind, unit: district });
    const why = of.why ?? `数据比对列为“${comparisonKindWords[ask.kind]}”`;
    const write = {
      ask,
      ruleVersion: version,
      occasion,
      ladder,
      ownerRole: owner.role,
      ownerUnitKind: owner.unitKind,
      level: Math.min(rule.heldAbove, ladder.length - 1),
      why,
      event: news.kind,
      at: news.at,
      again: of.findingId !== null,
    };
    count += await openVerifications(client, district, write, of.findingId);
  }
  return count;
}

async function findingStepped(
  context: Context,
  news: NewsOf<'comparison.findingStepped'>,
  end: (reason: string, event?: string) => VerifyEnd,
): Promise<void> {
  const { client, district } = context;
  const { findingId, childId, step, words } = news;
  switch (step) {
    case 'explain':
    case 'accept': {
      const { at, by, byName, event } = end('');
      await settle(client, district, { rules: findingRules, childId, subjectId: findingId, at, by, byName, event });
      return;
    }
    case 'assign':
      await endOfHanded(client, district, end(words, 'comparison.findingHanded'), findingId);
      break;
    case 'return':
      break;
  }
  await openAsked(context, news, { findingId, why: words });
}

/** What a comparison asks to verify is owed by its owners until the finding's day; answered it is done, and what the lists no longer show is waived. */
export async function hearVerifying(context: Context, news: Heard): Promise<void> {
  const { client, district, actor } = context;
  const end = (reason: string, event: string = news.kind): VerifyEnd => ({
    at: news.at,
    by: actor.id,
    byName: actor.name,
    event,
    reason,
  });
  switch (news.kind) {
    case 'comparison.findingsSynced':
      await endOfClosed(client, district, { ...end('名单中已不再出现，发现自动消除'), state: 'waived' }, null);
      await endOfHanded(client, district, end('对口学校已变更', 'comparison.findingHanded'), null);
      await openAsked(context, news, { findingId: null, why: null });
      return;
    case 'comparison.findingStepped':
      return findingStepped(context, news, end);
    case 'comparison.findingsDecided':
      await endOfClosed(client, district, { ...end('已核对是否同一人'), state: 'settled' }, news.childIds);
      return;
    case 'comparison.personsMerged':
      await endOfClosed(client, district, { ...end('两份档案合并为一人'), state: 'settled' }, [
        news.keptId,
        news.mergedId,
      ]);
      return;
    case 'comparison.personsSplit':
      await endOfClosed(client, district, { ...end('撤销合并，发现由下一次比对重新列出'), state: 'waived' }, [
        news.keptId,
        news.mergedId,
      ]);
      return;
  }
}
