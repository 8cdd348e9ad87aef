import { scoreSign, termOf, type ExamScores, type ScoreRule } from '#domain/risk/scores.ts';
import type { Sign } from '#domain/risk/record.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { blindIndex } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { keepSigns } from './compute.ts';
import { standingScores } from './score-record.ts';
import { listScoreChildren } from './store-scores.ts';

/** How many children are judged in one go. */
const atOnce = 1000;

async function ruleOf(context: Context): Promise<ScoreRule> {
  const settings = await readSettings(context, context.today);
  return { fall: settings['risk.scoreFall'], fails: settings['risk.scoreFails'] };
}

/** The thresholds of today and the term, as one text: when it changes, every sign of falling marks is computed anew. */
export async function scoreRuleOf(context: Context): Promise<string> {
  const { fall, fails } = await ruleOf(context);
  const { schoolYear, term } = termOf(context.today);
  return [fall, fails, schoolYear, term].join(' ');
}

/** The print of the facts without the marks: a dismissal holds as long as it is the same. */
function printed(context: Context, sign: Sign): Sign {
  return { ...sign, facts: blindIndex(context.keys, 'row', `scoreFall\n${sign.facts}`).toString('hex') };
}

/** Judges the marks of children anew; needs the whole district in sight. Answers how many signs changed. */
export async function computeScoreSigns(context: Context, childIds: readonly string[]): Promise<number> {
  // One after the other in a district: what is sealed of a sign is bound to its id.
  await context.knownAt();
  const rule = await ruleOf(context);
  let changed = 0;
  for (let from = 0; from < childIds.length; from += atOnce) {
    const some = childIds.slice(from, from + atOnce);
    const papers = new Map<string, ExamScores[]>(some.map((id) => [id, []]));
    for (const one of (await standingScores(context, some)).values()) papers.get(one.childId)?.push(one);
    const computed = new Map(
      [...papers].map(([id, list]) => {
        const sign = scoreSign(list, rule, context.today);
        return [id, sign ? [printed(context, sign)] : []] as const;
      }),
    );
    changed += await keepSigns(context, computed, ['scoreFall'], some);
  }
  return changed;
}

/** Judges the marks of everybody anew. */
export async function computeAllScoreSigns(context: Context): Promise<number> {
  return computeScoreSigns(context, await listScoreChildren(context.client, context.district));
}
