import { exportRoster, listRoster } from '#contract/enrolment.ts';
import * as acts from '#contract/enrolment-acts.ts';
import * as changes from '#contract/enrolment-changes.ts';
import * as papers from '#contract/enrolment-papers.ts';
import * as sheets from '#contract/enrolment-sheets.ts';
import * as year from '#contract/enrolment-year.ts';
import * as registry from '#contract/registry-check.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { askChange } from './ask.ts';
import { stepChanges } from './bulk.ts';
import { exportChangeSheet, getChangePage, getCourseView, listChangePage } from './changes.ts';
import {
  approveChange,
  confirmArrival,
  correctChange,
  endAttendingPlace,
  refuseChange,
  withdrawChange,
} from './decide.ts';
import { printChange, printEmptyForm } from './forms.ts';
import { listLeaverPage, placeLeavers } from './leavers.ts';
import { addHomeLesson, listHomeLessons } from './lessons.ts';
import { addPieces } from './pieces.ts';
import { placementSheets as placing, placementTemplate } from './placement-sheets.ts';
import * as bySheet from './sheets.ts';
import {
  dismissDifference,
  exportDifferenceSheet,
  listCheckPage,
  listDifferencePage,
  takeDifference,
} from './registry-check.ts';
import { exportRosterSheet, listRosterPage } from './roster.ts';
import { previewYear, runYear } from './year.ts';

/** The calls of the roster and of registry changes. */
export const enrolmentRoutes: Route[] = [
  answer(changes.listChanges, listChangePage),
  answer(changes.exportChanges, exportChangeSheet),
  answer(sheets.sheetTemplate, bySheet.sheetTemplate),
  answer(sheets.handInSheet, (context, input, call) => bySheet.changeSheets.handIn(context, input, call.upload)),
  answer(sheets.listSheets, bySheet.changeSheets.list),
  answer(sheets.getSheet, bySheet.changeSheets.get),
  answer(sheets.correctSheetRow, bySheet.changeSheets.correct),
  answer(sheets.dropSheetRow, bySheet.changeSheets.drop),
  answer(sheets.runSheet, bySheet.changeSheets.run),
  answer(sheets.placementTemplate, placementTemplate),
  answer(sheets.handInPlacementSheet, (context, input, call) => placing.handIn(context, input, call.upload)),
  answer(sheets.listPlacementSheets, placing.list),
  answer(sheets.getPlacementSheet, placing.get),
  answer(sheets.correctPlacementSheetRow, placing.correct),
  answer(sheets.dropPlacementSheetRow, placing.drop),
  answer(sheets.runPlacementSheet, placing.run),
  answer(changes.getChange, getChangePage),
  answer(changes.askChange, askChange),
  answer(changes.approveChange, approveChange),
  answer(changes.refuseChange, refuseChange),
  answer(changes.withdrawChange, withdrawChange),
  answer(changes.confirmArrival, confirmArrival),
  answer(acts.stepChanges, stepChanges),
  answer(acts.endAttending, endAttendingPlace),
  answer(changes.correctChange, correctChange),
  answer(papers.printChange, printChange),
  answer(papers.printEmptyForm, printEmptyForm),
  answer(papers.addPieces, addPieces),
  answer(changes.getCourse, getCourseView),
  answer(changes.addHomeLesson, addHomeLesson),
  answer(changes.listHomeLessons, listHomeLessons),
  answer(registry.listRegistryChecks, listCheckPage),
  answer(registry.listDifferences, listDifferencePage),
  answer(registry.exportDifferences, exportDifferenceSheet),
  answer(registry.takeDifference, takeDifference),
  answer(registry.dismissDifference, dismissDifference),
  answer(year.previewYear, previewYear),
  answer(year.runYear, runYear),
  answer(year.listLeavers, listLeaverPage),
  answer(year.placeLeavers, placeLeavers),
  answer(listRoster, listRosterPage),
  answer(exportRoster, exportRosterSheet),
];
