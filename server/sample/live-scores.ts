import { getSchoolDay } from '#contract/attendance-views.ts';
import { getRollCall } from '#contract/attendance.ts';
import { parseGrade } from '#domain/basics/grade.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { examWords, termBefore, termOf, termWords } from '#domain/risk/scores.ts';
import { enterScoreRows } from '#server/areas/risk/actions.ts';
import { chinaDay } from '#server/clock.ts';
import type { Actor, Platform } from '#server/http/context.ts';
import { actorReach, runAs } from '#server/http/run.ts';
import { callAs } from './call-as.ts';
import { createChance } from './chance.ts';

const subjects = ['语文', '数学', '英语'] as const;

/** The officer of a school hands in the marks of one class for the last two terms; one pupil's have fallen. Answers of how many pupils. */
export async function enterSomeScores(
  platform: Platform,
  officer: Actor,
  schoolId: string,
  day: string,
): Promise<number> {
  const reach = actorReach(officer, 'scores.sheet');
  if (!reach) return 0;
  const { classes } = await callAs(platform, officer, getSchoolDay, { day, schoolId });
  const room = classes.find(({ className }) => parseGrade(className).grade === 5);
  if (!room) return 0;
  const { className, pupils } = await callAs(platform, officer, getRollCall, { classId: room.classId, day });
  const alone = pupils.filter((one) => pupils.filter((other) => other.name === one.name).length === 1);
  const chance = createChance(20_270_120);
  const last = termBefore(termOf(chinaDay(platform.clock.now())));
  const rows = [termBefore(last), last].flatMap((term, at) =>
    alone.map(({ name }, seat): RawRow => {
      const fallen = at === 1 && seat === 2;
      const marks = subjects.map((subject): [string, string] => [
        `subject.${subject}`,
        String(chance.whole(78, 96) - (fallen ? 32 : 0)),
      ]);
      return { class: className, name, term: termWords(term), exam: examWords.final, ...Object.fromEntries(marks) };
    }),
  );
  await runAs(platform, { actor: officer, reach, audit: 'risk.runScoreSheet' }, (context) =>
    enterScoreRows(context, rows),
  );
  return alone.length;
}
