import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-roll.ts';
import { Failure } from '#domain/basics/failure.ts';
import { rollDeadline } from '#domain/statistics/due.ts';
import { sumTallies, type Period } from '#domain/statistics/record.ts';
import { isWorkday } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { periodAsked } from './figures.ts';
import { rollOf } from './report-roll.ts';
import { insertRollSignature, listRollSignatures, type RollSignatureRow } from './store-roll-signature.ts';

type Answer = OutputOf<typeof contract.getRollSignature>;

const Said = z.object({ reason: z.string().nullable() });
const place = (context: Context, id: string) => ({ table: 'roll_signature', column: 'sealed', district: context.district, id }); // prettier-ignore
const reasonOf = (context: Context, row: RollSignatureRow): string | null =>
  Said.parse(openJson(context.keys, place(context, row.id), row.sealed)).reason;

/** What is signed: the sum, the recount, the state of each school, and the fingerprint of all of it (SHA-256). */
async function whatStands(context: Context, period: Period) {
  const rolled = await rollOf(context, period);
  const schools = rolled
    .map(({ line }) => ({ schoolId: line.schoolId, name: line.name, state: line.state, version: line.version }))
    .toSorted((a, b) => (a.schoolId < b.schoolId ? -1 : 1));
  const counts = sumTallies(rolled.map((one) => one.signed));
  const recount = sumTallies(rolled.map((one) => one.now));
  const states = schools.map(({ schoolId, state, version }) => [schoolId, state, version]);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([period, counts, recount, states]))
    .digest('hex');
  const count = (wanted: readonly string[]) => schools.filter((one) => wanted.includes(one.state)).length;
  return { schools, counts, recount, fingerprint, missing: count(['open', 'returned']), waiting: count(['signed']) };
}

/** Why the roll-up may not be signed now; null when it may. */
function whyNot(
  context: Context,
  period: Period,
  last: RollSignatureRow | undefined,
  now: { fingerprint: string; schools: readonly unknown[] },
): string | null {
  if (context.reachFor('reports.accept')?.all !== true) return '全区汇总由区教育局签发。';
  if (context.today <= period.to) return `本期到 ${period.to} 结束，次日起可以签发。`;
  if (now.schools.length === 0) return '本期没有学校有在校生，不必签发。';
  if (last?.fingerprint === now.fingerprint) return '签发后的数据没有变化，不必再签。';
  return null;
}

/** The signature of a roll-up as it stands, those before it, and whether it may be signed now. */
export async function getRollSignature(
  context: Context,
  input: ParsedOf<typeof contract.getRollSignature>,
): Promise<Answer> {
  const { client, district } = context;
  const { whole } = await periodAsked(context, input);
  const rows = await listRollSignatures(client, district, whole);
  const [last] = rows;
  const now = await whatStands(context, whole);
  const why = whyNot(context, whole, last, now);
  const dueAt = rollDeadline(whole, await isWorkday(context));
  const brief = (row: RollSignatureRow) => ({
    version: row.version,
    byName: row.by_name,
    at: row.at.toISOString(),
    reason: reasonOf(context, row),
  });
  return {
    signed:
      last === undefined
        ? null
        : {
            ...brief(last),
            knownAt: last.known_at,
            fingerprint: last.fingerprint,
            sum: last.counts,
            recount: last.recount,
            schools: last.schools,
          },
    history: rows.map(brief),
    changed: last !== undefined && last.fingerprint !== now.fingerprint,
    dueAt,
    overdue: last === undefined && dueAt !== null && context.now.getTime() > Date.parse(dueAt),
    missing: now.missing,
    waiting: now.waiting,
    asksReason: now.missing + now.waiting > 0 || last !== undefined,
    allowed: { sign: why === null, why },
  };
}

/** The bureau signs the roll-up of a period: what the schools signed, the recount and who was missing are frozen; it settles the bureau's duty. */
export async function signRoll(
  context: Context,
  input: ParsedOf<typeof contract.signRoll>,
): Promise<OutputOf<typeof contract.signRoll>> {
  const { client, district, actor, keys, now } = context;
  const { whole } = await periodAsked(context, input);
  // the lock first: nothing becomes known between the counting and the moment that the signature names
  const knownAt = await context.knownAt();
  const [last] = await listRollSignatures(client, district, whole);
  const stands = await whatStands(context, whole);
  const why = whyNot(context, whole, last, stands);
  if (why !== null) throw new Failure('wrong-step', why);
  const meanwhile = new Failure('changed-meanwhile', '刚才已由他人签发，请刷新后再看。');
  if ((last?.version ?? 0) !== input.seen) throw meanwhile;
  const { missing, waiting } = stands;
  if (input.reason === null && (missing + waiting > 0 || last !== undefined)) {
    const words = last === undefined ? `还有 ${String(missing)} 所学校未报、${String(waiting)} 所未审核，签发须写明原因。` : '重新签发须写明原因。'; // prettier-ignore
    throw new Failure('input-wrong', words, { issues: [{ path: 'reason', words: '请写明原因。' }] });
  }
  const version = (last?.version ?? 0) + 1;
  const added = await insertRollSignature(client, district, whole, {
    id: input.id,
    version,
    counts: stands.counts,
    recount: stands.recount,
    schools: stands.schools,
    sealed: sealJson(keys, place(context, input.id), { reason: input.reason }),
    known_at: knownAt,
    fingerprint: stands.fingerprint,
    by_id: actor.id,
    by_name: actor.name,
    at: now,
  });
  if (!added) throw meanwhile;
  const { kind: periodKind, from } = whole;
  const detail = { period: periodKind, from, version, missing, waiting, fingerprint: stands.fingerprint };
  context.note({ subjectKind: 'rollSignature', subjectId: input.id, detail });
  await context.announce({ kind: 'statistics.rollSigned', periodKind, from, at: now.toISOString() });
  return { version };
}
