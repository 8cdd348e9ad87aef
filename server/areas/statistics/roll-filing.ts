import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { grants } from '#domain/basics/grants.ts';
import { reaches } from '#domain/basics/reach.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { firstDayToSign } from '#domain/statistics/due.ts';
import { formulaVersions } from '#domain/statistics/formulas.ts';
import type { Period, Tally } from '#domain/statistics/record.ts';
import { reportFigures } from '#domain/statistics/report.ts';
import { chinaMoment } from '#server/clock.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { footOf } from './report-papers.ts';
import type { Laid } from './report-files.ts';
import type { RolledSchool } from './report-roll.ts';
import { insertRollFiling, listRollFilings, type RollFilingRow } from './store-roll.ts';

/** The roll-up of a period as it stands, laid out, with everything that is frozen when it is filed. */
export interface RollLaid extends Laid {
  draft: string;
  summary: OutputOf<typeof contract.getRollForm>['summary'];
  period: Period;
  schools: readonly RolledSchool[];
  counts: Tally;
}

type Filings = OutputOf<typeof contract.getRollForm>['filing'];

/** `post`: in which post it was filed; filings from before it was kept have none. */
const Written = z.object({ summary: z.string(), reason: z.string().nullable(), post: z.string().optional() });
const place = (context: Context, id: string) => ({ table: 'roll_filing', column: 'sealed', district: context.district, id }); // prettier-ignore
const opened = (context: Context, row: RollFilingRow) =>
  Written.parse(openJson(context.keys, place(context, row.id), row.sealed));

/** The fingerprint of a roll-up: its period and formulas, and of every school the fingerprint of what it signed, in one order (SHA-256). */
function fingerprintOf({ period, schools }: RollLaid): string {
  const digest = createHash('sha256').update(`${period.kind} ${period.from} ${period.to}\n${formulaVersions(reportFigures)}\n`); // prettier-ignore
  const lines = schools.map(
    ({ line, version }) =>
      `${line.schoolId} ${version === null ? '-' : `${String(version.version)} ${version.fingerprint}`}`,
  );
  for (const line of lines.sort()) digest.update(`${line}\n`);
  return digest.digest('hex');
}

/** What stands against a roll-up without a word of explanation: schools that are missing, and schools whose figures are no more what they signed. */
function faultsOf({ schools }: RollLaid): string[] {
  const names = (list: RollLaid['schools']) => list.map(({ line }) => line.name).join('、');
  const missing = schools.filter((one) => one.signed === null);
  const changed = schools.filter(({ line }) => line.changed);
  return [
    ...(missing.length === 0 ? [] : [`${String(missing.length)} 所学校未报：${names(missing)}`]),
    ...(changed.length === 0 ? [] : [`${String(changed.length)} 所学校签报后数据有变化：${names(changed)}`]),
  ];
}

/** The posts by which the actor files, in words. */
function postOf({ actor }: Context): string {
  const roles = new Set(
    actor.posts.map((post) => post.role).filter((role) => grants[role]['reports.accept'] !== undefined),
  );
  return [...roles].map((role) => roleWords[role]).join('、');
}

function mayFile(context: Context): boolean {
  const granted = context.reachFor('reports.accept');
  return granted !== null && reaches(granted, []) && granted.all;
}

/** Why the roll-up may not be filed now; null where it may. */
function filingFault(context: Context, laid: RollLaid, last: RollFilingRow | undefined): string | null {
  if (!mayFile(context)) return '由区级控辍专干核查上报。';
  const first = firstDayToSign(laid.period);
  if (context.today < first) return `${first} 起可以上报本期。`;
  if (laid.schools.every((one) => one.signed === null)) return '还没有学校签报，没有可以上报的数据。';
  return last !== undefined && last.fingerprint === fingerprintOf(laid)
    ? '上报后各校没有新的签报，不必重新上报。'
    : null;
}

/** The filings of the roll-up of a period, the last first, and whether and with what it may be filed now; none for who does not reach the whole district. */
export async function filingsOf(context: Context, laid: RollLaid): Promise<Filings> {
  const rows = await listRollFilings(context.client, context.district, laid.period);
  const [last] = rows;
  const why = filingFault(context, laid, last);
  return {
    may: why === null,
    why,
    faults: faultsOf(laid),
    changed: last !== undefined && last.fingerprint !== fingerprintOf(laid),
    versions: rows.map((row) => {
      const { reason, post } = opened(context, row);
      return {
        version: row.version,
        byName: row.by_name,
        post: post ?? null,
        at: row.at.toISOString(),
        schools: row.schools,
        missing: row.missing,
        reason,
        fingerprint: row.fingerprint,
      };
    }),
  };
}

/** Files the roll-up of a period: its forms, figures and summary are frozen as the next version, with a reason where schools are missing or have changed. */
export async function keepFiling(
  context: Context,
  laid: RollLaid,
  asked: { id: string; reason: string | null },
): Promise<{ version: number }> {
  const { client, district, actor, now } = context;
  // the lock first: nothing becomes known between the reading and the moment that the filing names
  const knownAt = await context.knownAt();
  const [last] = await listRollFilings(client, district, laid.period);
  const fault = filingFault(context, laid, last);
  if (fault !== null) throw new Failure('wrong-step', fault);
  const faults = faultsOf(laid);
  if (faults.length > 0 && asked.reason === null)
    throw new Failure('input-wrong', `须说明：${faults.join('；')}。`, {
      issues: [{ path: 'reason', words: '请写明原因和处理办法。' }],
    });
  const version = (last?.version ?? 0) + 1;
  const { period, sheets, words } = laid;
  const missing = laid.schools.filter((one) => one.signed === null).length;
  await insertRollFiling(client, district, period, {
    id: asked.id,
    version,
    schools: laid.schools.length,
    missing,
    sheets,
    figures: words.figures,
    counts: laid.counts,
    formula: formulaVersions(reportFigures),
    known_at: knownAt,
    fingerprint: fingerprintOf(laid),
    sealed: sealJson(context.keys, place(context, asked.id), {
      summary: words.summary,
      reason: asked.reason,
      post: postOf(context),
    }),
    by: actor.id,
    by_name: actor.name,
    at: now,
  });
  const detail = { period: period.kind, from: period.from, version, missing };
  context.note({ subjectKind: 'rollFiling', subjectId: asked.id, detail, ...(asked.reason === null ? {} : { reason: asked.reason }) }); // prettier-ignore
  await context.announce({ kind: 'statistics.rollFiled', periodKind: period.kind, from: period.from, at: now.toISOString() }); // prettier-ignore
  return { version };
}

/** The roll-up as it was filed, laid out as it was then. */
export async function filedRoll(context: Context, laid: RollLaid, version: number): Promise<Laid> {
  const rows = await listRollFilings(context.client, context.district, laid.period);
  const row = rows.find((one) => one.version === version);
  if (!row) throw notFound('上报', '次');
  const { summary, reason, post } = opened(context, row);
  const filer = post === undefined || post === '' ? row.by_name : `${row.by_name}（${post}）`;
  const state = row.missing === 0 ? '各校已报齐' : `${String(row.missing)} 所学校未报`;
  return {
    sheets: row.sheets,
    foot: footOf(filer, null, row.at.toISOString()),
    words: {
      ...laid.words,
      state: `第 ${String(row.version)} 次上报，${state}`,
      day: row.at.toISOString(),
      summary,
      reason,
      figures: row.figures,
      counts: row.counts,
      signers: [
        { label: '核查上报', name: filer },
        { label: '局领导审定', name: '' },
      ],
      small: `第 ${String(row.version)} 次上报：${filer}，${chinaMoment(row.at)}${reason === null ? '' : `。说明：${reason}`}。公式：${row.formula}。数据时点：${row.known_at}。数据指纹（SHA-256）：${row.fingerprint}。`,
    },
  };
}
