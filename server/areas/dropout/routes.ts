import { watchCase } from './watch.ts';
import * as contract from '#contract/dropout.ts';
import * as stepsContract from '#contract/dropout-steps.ts';
import * as ledgers from '#contract/dropout-ledgers.ts';
import * as views from '#contract/dropout-views.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { exportCase } from './book.ts';
import { getCase } from './case.ts';
import { checkClosing, checkConfirmation, checkDismissal, confirmCase, dismissCase, proposeClosing } from './decide.ts';
import { linkDocument } from './documents.ts';
import { reportEmergency } from './emergency.ts';
import { exportCases } from './export.ts';
import { addContact, addStep, planCase, recordFinding } from './ladder-steps.ts';
import { exportLedger, listLedger } from './ledgers.ts';
import { addReferral, answerReferral, handOver, openReply } from './referrals.ts';
import { reportDropout } from './report.ts';
import { callBack, followUp, markReturned, reopenCase } from './returns.ts';
import { listCases } from './views.ts';

/** What answers the calls of 辍学与劝返. */
export const dropoutRoutes: readonly Route[] = [
  answer(contract.reportDropout, reportDropout),
  answer(contract.reportEmergency, reportEmergency),
  answer(contract.confirmCase, confirmCase),
  answer(contract.checkConfirmation, checkConfirmation),
  answer(contract.dismissCase, dismissCase),
  answer(contract.checkDismissal, checkDismissal),
  answer(stepsContract.planCase, planCase),
  answer(stepsContract.addContact, addContact),
  answer(stepsContract.addStep, addStep),
  answer(stepsContract.linkDocument, linkDocument),
  answer(stepsContract.recordFinding, recordFinding),
  answer(stepsContract.addReferral, addReferral),
  answer(stepsContract.answerReferral, answerReferral),
  answer(stepsContract.handOver, handOver),
  answer(stepsContract.markReturned, markReturned),
  answer(stepsContract.followUp, followUp),
  answer(stepsContract.callBack, callBack),
  answer(contract.proposeClosing, proposeClosing),
  answer(contract.checkClosing, checkClosing),
  answer(contract.watchCase, watchCase),
  answer(contract.reopenCase, reopenCase),
  answer(views.listCases, listCases),
  answer(views.getCase, getCase),
  answer(views.openReply, openReply),
  answer(views.exportCase, exportCase),
  answer(ledgers.exportCases, exportCases),
  answer(ledgers.listLedger, listLedger),
  answer(ledgers.exportLedger, exportLedger),
];
