import type { CourseCause, CourseState } from './course.ts';
import type { SchoolStage } from './record.ts';

/** Parts of a year's turn: who leaves at its end, who moves up into the next. */
export type YearPart = 'leaving' | 'promotion';

/** What becomes of a pupil when the year turns. */
export type YearMove =
  | { to: 'leaver' | 'graduated'; state: CourseState; cause: CourseCause }
  | { to: 'up'; grade: number }
  /** Dealt with one by one, with the reason. */
  | { to: 'individual'; why: string }
  /** Not of this part. */
  | null;

/** The day on which a part of the year's turn holds: leavers on 1 July, promotion on 1 September of the year that begins. */
export function yearDay(part: YearPart, schoolYear: number): string {
  return `${String(schoolYear)}-${part === 'leaving' ? '07-01' : '09-01'}`;
}

/** Whether grade 6 stays in this school: those with both stages have no leavers there. */
export function keepsGradeSix(stage: SchoolStage): boolean {
  return stage === 'nineYear' || stage === 'special' || stage === 'complete';
}

/** Whether a school has junior grades, so that leavers of grade 6 can be placed there. */
export function hasJunior(stage: string): boolean {
  return stage === 'junior' || stage === 'nineYear' || stage === 'complete' || stage === 'special';
}

/** What becomes of a pupil of a grade in a part of the year's turn (product, section 6: leaving grade 6 is MoveOut, no exit of the district). */
export function yearMove(part: YearPart, pupil: { state: CourseState; grade: number }, stage: SchoolStage): YearMove {
  const leaves = (pupil.grade === 6 && !keepsGradeSix(stage)) || pupil.grade === 9;
  if (part === 'leaving') {
    if (!leaves) return null;
    if (pupil.state !== 'inSchool') return { to: 'individual', why: '不在校，须先办结后再个别办理' };
    return pupil.grade === 6
      ? { to: 'leaver', state: 'leaver', cause: 'leaving' }
      : { to: 'graduated', state: 'graduated', cause: 'graduation' };
  }
  if (pupil.grade < 1 || pupil.grade > 9) return pupil.grade === 0 ? { to: 'individual', why: '名册上没有年级' } : null;
  if (leaves) return { to: 'individual', why: '毕业年级仍在册，请先办理毕业离校' };
  return { to: 'up', grade: pupil.grade + 1 };
}
