import * as contract from '#contract/comparison.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { assignFinding, checkExplanation, explainFinding, startVerifying } from './answers.ts';
import { exportFindings } from './export.ts';
import { getFinding, listFindings } from './findings.ts';
import { decideProposal, listProposals, mergeByHand, undoMerge } from './proposals.ts';
import { runComparison } from './run.ts';
import { getRun, listRuns, signRun } from './runs.ts';

/** What answers the calls of the comparison. */
export const comparisonRoutes: readonly Route[] = [
  answer(contract.runComparison, (context, input) => runComparison(context, input.asOf)),
  answer(contract.listRuns, listRuns),
  answer(contract.getRun, getRun),
  answer(contract.signRun, signRun),
  answer(contract.listFindings, listFindings),
  answer(contract.exportFindings, exportFindings),
  answer(contract.getFinding, getFinding),
  answer(contract.startVerifying, startVerifying),
  answer(contract.explainFinding, explainFinding),
  answer(contract.checkExplanation, checkExplanation),
  answer(contract.assignFinding, assignFinding),
  answer(contract.listProposals, listProposals),
  answer(contract.decideProposal, decideProposal),
  answer(contract.mergeChildren, mergeByHand),
  answer(contract.undoMerge, undoMerge),
];
