export { moveChild, moveChildren, tryMoveChild } from './course.ts';
export { hearEnrolment, mustPassChanges, passChangeDeadlines } from './deadlines.ts';
export { joinCourses, mayMergeCourses, splitCourses, type JoinedCourse } from './merging.ts';
export { everyoneOnRoll, findOnRoll, onRollOf, pupilsOfClass } from './pupils.ts';
export { calledHere, calledOn, type ClassPupil, type PupilNamed } from './store-pupils.ts';
export { nationalCode } from './change-codes.ts';
export { emptySheets, sheetsToEmpty } from './sheet-emptying.ts';
export { attempted, sheetDesk, type OpenRow, type Outcome, type Tried } from './sheet-desk.ts';
export { childByNumber } from './who.ts';
