import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/risk-scores.ts';
import { notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { averageOf, examOrder, examWords, scoreWords, termWords } from '#domain/risk/scores.ts';
import { onRollOf } from '#server/areas/enrolment/actions.ts';
import { getBrief } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { openScores } from './score-record.ts';
import { readScoreVersions, type ScoreVersionRow } from './store-scores.ts';

type Answer = OutputOf<typeof contract.getChildScores>;
type Version = Answer['exams'][number]['stands'];

/** Of some children those whose marks the actor may see: on the roll of the own school or class today. Neither a former school nor the district is. */
export async function scoresOpen(context: Context, childIds: readonly string[]): Promise<ReadonlySet<string>> {
  const reach = context.reachFor('scores.read');
  if (reach === null || childIds.length === 0) return new Set();
  const rolls = await onRollOf(context, childIds, context.today);
  const open = [...rolls.values()].filter(({ schoolId, classId }) =>
    reaches(reach, [reachToken('school', schoolId), ...(classId === null ? [] : [reachToken('class', classId)])]),
  );
  return new Set(open.map((one) => one.childId));
}

function versionOf(context: Context, row: ScoreVersionRow): Version {
  const { scores, reason } = openScores(context, row);
  return {
    id: row.id,
    scores: scores.map((score) => ({ subject: score.subject, words: scoreWords(score).slice(score.subject.length + 1) })), // prettier-ignore
    average: averageOf(scores),
    reason: reason ?? null,
    byName: row.entered_name,
    from: row.from.toISOString(),
    to: row.to?.toISOString() ?? null,
  };
}

/** What a pupil got, examination by examination, with every version; out of reach, or of another school, is not found. */
export async function getChildScores(
  context: Context,
  input: ParsedOf<typeof contract.getChildScores>,
): Promise<Answer> {
  const brief = await getBrief(context, input.childId);
  if (!(await scoresOpen(context, [brief.id])).has(brief.id)) throw notFound('儿童少年档案');
  const byExam = new Map<number, ScoreVersionRow[]>();
  for (const row of await readScoreVersions(context.client, context.district, brief.id)) {
    const order = examOrder({ schoolYear: row.school_year, term: row.term, exam: row.exam });
    byExam.set(order, [...(byExam.get(order) ?? []), row]);
  }
  context.note({ subjectKind: 'child', subjectId: brief.id });
  return {
    childId: brief.id,
    name: brief.name,
    className: brief.className,
    exams: [...byExam.entries()]
      .sort(([a], [b]) => b - a)
      .flatMap(([, rows]) => {
        const stands = rows.find((row) => row.to === null);
        if (!stands) return [];
        return {
          exam: stands.exam,
          words: `${termWords({ schoolYear: stands.school_year, term: stands.term })}${examWords[stands.exam]}`,
          schoolName: stands.school_name,
          stands: versionOf(context, stands),
          earlier: rows.filter((row) => row !== stands).map((row) => versionOf(context, row)),
        };
      }),
  };
}
