import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-year.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { chinaDay } from '#server/clock.ts';
import { courseStateWords } from '#domain/enrolment/course-words.ts';
import { yearDay, yearMove, type YearMove } from '#domain/enrolment/year.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { moveChildren, type Move } from './course.ts';
import { ensureClasses, findStage, findYearRun, insertYearRun, readYearPupils, type YearPupil } from './store-year.ts';

type Asked = ParsedOf<typeof contract.previewYear>;
type Turn = { pupil: YearPupil; move: Exclude<YearMove, null> };

async function turnsOf(context: Context, asked: Asked, day: string): Promise<Turn[]> {
  const { client, district } = context;
  const school = await findStage(client, district, asked.schoolId);
  const reach = context.reachFor('changes.ask');
  if (!school || reach === null || !reaches(reach, [reachToken('school', asked.schoolId)]))
    throw notFound('学校', '所');
  const until = day <= context.today ? day : context.today;
  return (await readYearPupils(client, district, asked.schoolId, until)).flatMap((pupil) => {
    const move = yearMove(asked.what, pupil, school.stage);
    return move === null ? [] : [{ pupil, move }];
  });
}

function fromWords(pupil: YearPupil): string {
  const place = pupil.className ?? (wordsOfGrade(pupil.grade) || '未分年级');
  return pupil.state === 'inSchool' ? place : `${place}（${courseStateWords[pupil.state]}）`;
}

function roomWords(grade: number, classNo: string): string {
  return `${wordsOfGrade(grade)}（${classNo}）班`;
}

function toWords({ pupil, move }: Turn): string {
  switch (move.to) {
    case 'up':
      return pupil.classNo === null || pupil.classNo === '' ? wordsOfGrade(move.grade) : roomWords(move.grade, pupil.classNo); // prettier-ignore
    case 'leaver':
      return '小学毕业待升学';
    case 'graduated':
      return '初中毕业';
    case 'individual':
      return '个别办理';
  }
}

/** What the year's turn would do with each pupil of a school, and whether it may be run now. */
export async function previewYear(context: Context, asked: Asked): Promise<OutputOf<typeof contract.previewYear>> {
  const day = yearDay(asked.what, asked.schoolYear);
  const turns = await turnsOf(context, asked, day);
  const run = await findYearRun(context.client, context.district, asked);
  const moving = turns.filter((turn) => turn.move.to !== 'individual');
  const groups = new Map<string, { fromWords: string; toWords: string; pupils: number }>();
  for (const turn of moving) {
    const group = { fromWords: turn.pupil.className ?? wordsOfGrade(turn.pupil.grade), toWords: toWords(turn) };
    const key = `${group.fromWords} ${group.toWords}`;
    groups.set(key, { ...group, pupils: (groups.get(key)?.pupils ?? 0) + 1 });
  }
  const why = run ? '这一学年已经办理。' : day > context.today ? `${day} 起方可办理。` : moving.length === 0 ? '没有需要办理的学生。' : null; // prettier-ignore
  return {
    what: asked.what,
    schoolYear: asked.schoolYear,
    day,
    doneOn: run ? chinaDay(run.at) : null,
    may: why === null,
    why,
    groups: [...groups.values()],
    rows: turns.map((turn) => ({
      childId: turn.pupil.childId,
      name: turn.pupil.name,
      fromWords: fromWords(turn.pupil),
      toWords: toWords(turn),
      individual: turn.move.to === 'individual' ? turn.move.why : null,
    })),
  };
}

async function movesOf(context: Context, asked: Asked, id: string, turns: readonly Turn[]): Promise<Move[]> {
  const day = yearDay(asked.what, asked.schoolYear);
  const rooms = new Map<string, { grade: number; classNo: string; name: string }>();
  for (const { pupil, move } of turns)
    if (move.to === 'up' && pupil.classNo)
      rooms.set(`${String(move.grade)} ${pupil.classNo}`, {
        grade: move.grade,
        classNo: pupil.classNo,
        name: roomWords(move.grade, pupil.classNo),
      });
  const made = await ensureClasses(context.client, context.district, { ...asked, rooms: [...rooms.values()] });
  return turns.flatMap(({ pupil, move }): Move[] => {
    // Who came after the day of the turn moves on the day he came.
    const of = { childId: pupil.childId, day: pupil.fromDate > day ? pupil.fromDate : day, changeId: id };
    switch (move.to) {
      case 'individual':
        return [];
      case 'leaver':
      case 'graduated':
        return [{ ...of, state: move.state, cause: move.cause }];
      case 'up': {
        const classId = made.get(`${String(move.grade)} ${pupil.classNo ?? ''}`) ?? null;
        return [{ ...of, state: pupil.state, cause: 'promotion', grade: move.grade, classId }];
      }
    }
  });
}

/** Runs the year's turn of a school as previewed; done twice it is done once, and another number than was previewed asks for a new preview. */
export async function runYear(
  context: Context,
  input: ParsedOf<typeof contract.runYear>,
): Promise<OutputOf<typeof contract.runYear>> {
  const { client, district, actor, now } = context;
  const preview = await previewYear(context, input);
  const individual = preview.rows.filter((row) => row.individual !== null).length;
  const before = await findYearRun(client, district, input);
  if (before) return { moved: before.moved, individual, again: true };
  if (preview.why !== null) throw new Failure('wrong-step', preview.why);
  const turns = await turnsOf(context, input, preview.day);
  const moving = turns.filter((turn) => turn.move.to !== 'individual');
  if (moving.length !== input.expected)
    throw new Failure('changed-meanwhile', '预览之后学生有变动，请重新预览后再办理。', { pupils: moving.length });
  return inWholeDistrict(context, async () => {
    const id = context.newId();
    const written = await insertYearRun(client, district, {
      id,
      ...input,
      day: preview.day,
      moved: moving.length,
      byId: actor.id,
      byName: actor.name,
      at: now,
      reach: [reachToken('school', input.schoolId)],
    });
    if (!written) return { moved: moving.length, individual, again: true };
    await moveChildren(context, await movesOf(context, input, id, moving));
    context.note({
      subjectKind: 'school',
      subjectId: input.schoolId,
      detail: { what: input.what, schoolYear: input.schoolYear, moved: moving.length },
    });
    return { moved: moving.length, individual, again: false };
  });
}
