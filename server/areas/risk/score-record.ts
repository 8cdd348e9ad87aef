import { exams, type ExamKey, type ExamScores, type SubjectScore } from '#domain/risk/scores.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { readScores, saveScores, type KeptScore, type ScoreRow } from './store-scores.ts';

/** What is sealed of an examination: the scores, and why they took the place of others. */
interface SealedScores {
  scores: SubjectScore[];
  reason?: string;
}

/** Scores of a pupil in an examination as they stand. */
export interface StandingScores extends ExamScores {
  id: string;
  childId: string;
}

function placeOf(context: Context, id: string) {
  return { table: 'pupil_score', column: 'sealed', district: context.district, id };
}

/** Opens what is sealed of an examination. */
export function openScores(context: Context, row: Pick<ScoreRow, 'id' | 'sealed'>): SealedScores {
  // as: sealed by keepScores
  return openJson(context.keys, placeOf(context, row.id), row.sealed) as SealedScores;
}

/** One text for a pupil's examination. */
export function examKeyOf(childId: string, { schoolYear, term, exam }: ExamKey): string {
  return [childId, schoolYear, term, exams.indexOf(exam)].join(' ');
}

/** The scores of children that stand, within reach, by pupil and examination. */
export async function standingScores(
  context: Context,
  childIds: readonly string[],
): Promise<Map<string, StandingScores>> {
  const rows = await readScores(context.client, context.district, childIds);
  const standing = rows.map((row) => ({
    id: row.id,
    childId: row.child_id,
    schoolYear: row.school_year,
    term: row.term,
    exam: row.exam,
    scores: openScores(context, row).scores,
  }));
  return new Map(standing.map((one) => [examKeyOf(one.childId, one), one]));
}

/** Scores of a pupil in an examination that are to stand from now on. */
export interface NewScores {
  childId: string;
  schoolId: string;
  /** The reach of the child's record. */
  reach: readonly string[];
  exam: ExamKey;
  scores: readonly SubjectScore[];
  reason: string;
  /** The version that they supersede. */
  supersedes: string | null;
}

/** The tokens of schools and classes: nobody else reaches scores. */
const schoolTokens = (reach: readonly string[]): string[] =>
  reach.filter((token) => token.startsWith(reachToken('school', '')) || token.startsWith(reachToken('class', '')));

/** Keeps scores with who entered them; the versions they supersede stay. */
export async function keepScores(context: Context, list: readonly NewScores[]): Promise<void> {
  const { client, district, actor, now } = context;
  const rows = list.map((one): KeptScore => {
    const id = context.newId();
    const sealed: SealedScores = { scores: [...one.scores], ...(one.reason === '' ? {} : { reason: one.reason }) };
    return {
      id,
      child_id: one.childId,
      school_id: one.schoolId,
      school_year: one.exam.schoolYear,
      term: one.exam.term,
      exam: one.exam.exam,
      sealed: sealJson(context.keys, placeOf(context, id), sealed),
      reach: schoolTokens(one.reach),
    };
  });
  const by = { id: actor.id, name: actor.name, at: now, knownAt: await context.knownAt() };
  await saveScores(client, district, rows, list.flatMap((one) => one.supersedes ?? []), by); // prettier-ignore
}
