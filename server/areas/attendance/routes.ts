import * as firstDay from '#contract/attendance-first-day.ts';
import * as leaves from '#contract/attendance-leaves.ts';
import * as contract from '#contract/attendance.ts';
import * as sheets from '#contract/attendance-sheets.ts';
import * as views from '#contract/attendance-views.ts';
import { askedThen } from '#server/http/as-of.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { listAbsentees, listRollCalls } from './absentees.ts';
import { answerAbsence } from './answers.ts';
import { getSchoolDay, listGaps, myClasses } from './classes.ts';
import { correctMark, decideCorrection, listCorrections } from './corrections.ts';
import { getFirstDayClass, saveFirstDay } from './first-day-class.ts';
import { exportFirstDay } from './first-day-file.ts';
import { listFirstDayPupils, listFirstDays, listMyFirstDays } from './first-day-lists.ts';
import { getFirstDaySchool, signFirstDay } from './first-day-school.ts';
import { getChildAttendance, getMarkHistory, listStandings } from './history.ts';
import { addLeavePaper, decideLeave, endLeave, listLeaves, requestLeave, verifyLeave } from './leaves.ts';
import { exportClassMonth } from './month.ts';
import { getRollCall } from './roll-call-view.ts';
import { markRollCall } from './roll-call.ts';
import { rollCallSheets, rollCallTemplate } from './roll-sheet.ts';
import { takeOverSheet } from './sheet.ts';
import { endSubstitute, listSubstitutes, nameSubstitute } from './substitutes.ts';
import { tallyOf } from './tally.ts';

/** What answers the calls of 考勤. */
export const attendanceRoutes: readonly Route[] = [
  answer(contract.myClasses, myClasses),
  answer(contract.getRollCall, getRollCall),
  answer(contract.markRollCall, markRollCall),
  answer(contract.answerAbsence, answerAbsence),
  answer(contract.correctMark, correctMark),
  answer(contract.decideCorrection, decideCorrection),
  answer(contract.listCorrections, listCorrections),
  answer(contract.getMarkHistory, getMarkHistory),
  answer(firstDay.getFirstDayClass, getFirstDayClass),
  answer(firstDay.saveFirstDay, saveFirstDay),
  answer(firstDay.listMyFirstDays, listMyFirstDays),
  answer(firstDay.getFirstDaySchool, getFirstDaySchool),
  answer(firstDay.signFirstDay, signFirstDay),
  answer(firstDay.exportFirstDay, exportFirstDay),
  answer(firstDay.listFirstDays, listFirstDays),
  answer(firstDay.listFirstDayPupils, listFirstDayPupils),
  answer(leaves.listLeaves, listLeaves),
  answer(leaves.requestLeave, requestLeave),
  answer(leaves.decideLeave, decideLeave),
  answer(leaves.endLeave, endLeave),
  answer(leaves.addLeavePaper, addLeavePaper),
  answer(leaves.verifyLeave, verifyLeave),
  answer(leaves.listSubstitutes, listSubstitutes),
  answer(leaves.nameSubstitute, nameSubstitute),
  answer(leaves.endSubstitute, endSubstitute),
  answer(views.getSchoolDay, getSchoolDay),
  answer(views.listTallies, (context, input) =>
    tallyOf(context, input.from, input.to, input.schoolId ?? null, askedThen(context, input)),
  ),
  answer(views.listGaps, listGaps),
  answer(views.listRollCalls, listRollCalls),
  answer(views.listAbsentees, listAbsentees),
  answer(views.listStandings, listStandings),
  answer(views.getChildAttendance, getChildAttendance),
  answer(views.exportClassMonth, exportClassMonth),
  answer(views.takeOverSheet, takeOverSheet),
  answer(sheets.rollCallTemplate, rollCallTemplate),
  answer(sheets.handInRollCallSheet, (context, input, call) => rollCallSheets.handIn(context, input, call.upload)),
  answer(sheets.listRollCallSheets, rollCallSheets.list),
  answer(sheets.getRollCallSheet, rollCallSheets.get),
  answer(sheets.correctRollCallSheetRow, rollCallSheets.correct),
  answer(sheets.dropRollCallSheetRow, rollCallSheets.drop),
  answer(sheets.runRollCallSheet, rollCallSheets.run),
];
