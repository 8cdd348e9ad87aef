import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import {
  ComparisonResult,
  type getRun as getRunEndpoint,
  type listRuns as listRunsEndpoint,
  type Run,
  type signRun as signRunEndpoint,
} from '#contract/comparison.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { openJson } from '#server/crypto/seal.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import type { Context } from '#server/http/context.ts';
import { findRun, pageRuns, readInputNames, signRunRow, type RunRow } from './store-runs.ts';

/** What the lists that runs read are called, by the id of their import. */
async function inputNames(context: Context, rows: readonly RunRow[]): Promise<ReadonlyMap<string | null, string>> {
  const { client, district, keys } = context;
  const ids = rows.flatMap((row) => row.inputs.map((input) => input.importId)).filter((id) => id !== null);
  const files = await readInputNames(client, district, [...new Set(ids)]);
  return new Map(files.map((file) => [file.id, openName(keys, 'import_file', district, file)]));
}

function shownRun(row: RunRow, names: ReadonlyMap<string | null, string>): z.input<typeof Run> {
  return {
    id: row.id,
    asOf: row.as_of,
    knownAt: row.known_at.toISOString(),
    startedName: row.started_name,
    signedName: row.signed_name,
    signedAt: row.signed_at?.toISOString() ?? null,
    signNote: row.sign_note,
    counts: row.result.counts,
    inputs: row.inputs.map(({ importId, ...input }) => ({ ...input, fileName: names.get(importId) ?? '' })),
  };
}

/** The runs of the district, newest first. Outside the bureau counts and inputs of the whole district are not shown. */
export async function listRuns(
  context: Context,
  input: ParsedOf<typeof listRunsEndpoint>,
): Promise<z.input<(typeof listRunsEndpoint)['output']>> {
  const { rows, total } = await pageRuns(context.client, context.district, input);
  const names = context.reach.all ? await inputNames(context, rows) : new Map<string | null, string>();
  return {
    rows: rows.map((row) => ({
      ...shownRun(row, names),
      ...(context.reach.all ? {} : { counts: {}, inputs: [] }),
    })),
    total,
    page: input.page,
    size: input.size,
  };
}

/** One run with its lists. */
export async function getRun(
  context: Context,
  input: { id: string },
): Promise<z.input<(typeof getRunEndpoint)['output']>> {
  const row = await findRun(context.client, context.district, input.id);
  if (!row) throw notFound('比对记录');
  const opened = openJson(
    context.keys,
    { table: 'comparison_run', column: 'sealed_lists', district: context.district, id: row.id },
    row.sealed_lists,
  );
  context.note({ subjectKind: 'comparisonRun', subjectId: row.id });
  return { ...shownRun(row, await inputNames(context, [row])), result: ComparisonResult.parse(opened) };
}

/** Signs a run: from then on it is frozen. */
export async function signRun(context: Context, input: ParsedOf<typeof signRunEndpoint>): Promise<{ done: true }> {
  const row = await findRun(context.client, context.district, input.id);
  if (!row) throw notFound('比对记录');
  if (context.actor.kind !== 'person') throw new Failure('not-allowed', '签认须由本人登录办理。');
  const done = await signRunRow(context.client, context.district, row.id, {
    by: context.actor.id,
    byName: context.actor.name,
    at: context.now,
    note: input.note,
  });
  if (!done) throw new Failure('wrong-step', `这次比对已由${row.signed_name ?? ''}签认。`);
  context.note({ subjectKind: 'comparisonRun', subjectId: row.id, reason: input.note, detail: { asOf: row.as_of } });
  return { done: true };
}
