import * as scores from '#contract/risk-scores.ts';
import * as contract from '#contract/risk.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { scoreSheets, scoreTemplate } from './score-sheets.ts';
import { getChildScores } from './scores.ts';
import { dismissSign, getChildSigns, listSigns } from './signs.ts';

/** What answers the calls of 预警. */
export const riskRoutes: readonly Route[] = [
  answer(contract.listSigns, listSigns),
  answer(contract.getChildSigns, getChildSigns),
  answer(contract.dismissSign, dismissSign),
  answer(scores.getChildScores, getChildScores),
  answer(scores.scoreTemplate, scoreTemplate),
  answer(scores.handInScoreSheet, (context, input, call) => scoreSheets.handIn(context, input, call.upload)),
  answer(scores.listScoreSheets, scoreSheets.list),
  answer(scores.getScoreSheet, scoreSheets.get),
  answer(scores.correctScoreSheetRow, scoreSheets.correct),
  answer(scores.dropScoreSheetRow, scoreSheets.drop),
  answer(scores.runScoreSheet, scoreSheets.run),
];
