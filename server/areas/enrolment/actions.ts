export { moveChild, moveChildren, tryMoveChild } from './course.ts';
export { hearEnrolment, mustPassChanges, passChangeDeadlines } from './deadlines.ts';
export { joinCourses, mayMergeCourses, splitCourses, type JoinedCourse } from './merging.ts';
export { findOnRoll, pupilsOfClass } from './pupils.ts';
export { calledOn, type ClassPupil } from './store-pupils.ts';
export { nationalCode } from './change-codes.ts';
export { attempted, sheetDesk, type OpenRow, type Tried } from './sheet-desk.ts';
export { childByNumber } from './who.ts';
