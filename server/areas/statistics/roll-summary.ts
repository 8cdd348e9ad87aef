import { z } from 'zod';
import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { Period } from '#domain/statistics/record.ts';
import { chinaDay } from '#server/clock.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { insertRollSummary, listRollSummaries, type RollSummaryRow } from './store-roll.ts';

type RollSummary = OutputOf<typeof contract.getRollForm>['summary'];

/** What is sealed of a kept summary: its text, and the draft of the figures from which it was written. */
const Kept = z.object({ text: z.string(), draft: z.string() });

const place = (context: Context, id: string) => ({ table: 'roll_summary', column: 'sealed', district: context.district, id }); // prettier-ignore

function openKept(context: Context, row: RollSummaryRow): z.infer<typeof Kept> {
  return Kept.parse(openJson(context.keys, place(context, row.id), row.sealed));
}

/** The summary of the roll-up of a period as it was kept last, with every one before, beside what the figures draft now. */
export async function rollSummaryOf(context: Context, period: Period, draft: string): Promise<RollSummary> {
  const rows = await listRollSummaries(context.client, context.district, period);
  const history = rows.map((row) => ({
    version: row.version,
    text: openKept(context, row).text,
    byName: row.by_name,
    at: row.at.toISOString(),
    drafted: row.drafted,
  }));
  const [last] = rows;
  const kept = last?.drafted === false ? (history[0] ?? null) : null;
  return {
    kept,
    stale: last !== undefined && kept !== null && openKept(context, last).draft !== draft,
    history,
    mayEdit: context.reachFor('reports.accept')?.all === true,
  };
}

/** What the printed roll-up says of its summary: drafted, or who kept it when, and whether the figures moved since. */
export function summaryProof(summary: RollSummary): string {
  if (summary.kept === null) return '文字小结由系统按数据起草。';
  const { byName, at, version } = summary.kept;
  const moved = summary.stale ? '，此后汇总数据有变化' : '';
  return `文字小结由${byName}于 ${chinaDay(new Date(at))} 修改（第 ${String(version)} 次）${moved}。`;
}

/** Keeps an edited summary, or puts the drafted one back; who saw an earlier version than the last does not overwrite it. */
export async function keepRollSummary(
  context: Context,
  period: Period,
  asked: { id: string; text: string | null; seen: number; draft: string },
): Promise<{ version: number }> {
  const { client, district, keys, actor } = context;
  const [last] = await listRollSummaries(client, district, period);
  const version = (last?.version ?? 0) + 1;
  const meanwhile = new Failure('changed-meanwhile', '这份小结刚才已由他人修改，请刷新后再改。');
  if ((last?.version ?? 0) !== asked.seen) throw meanwhile;
  const kept: z.infer<typeof Kept> = { text: asked.text ?? asked.draft, draft: asked.draft };
  const added = await insertRollSummary(client, district, period, {
    id: asked.id,
    version,
    drafted: asked.text === null,
    sealed: sealJson(keys, place(context, asked.id), kept),
    by: actor.id,
    byName: actor.name,
    at: context.now,
  });
  if (!added) throw meanwhile;
  const detail = { period: period.kind, from: period.from, version, drafted: asked.text === null };
  context.note({ subjectKind: 'rollSummary', subjectId: asked.id, detail });
  return { version };
}
