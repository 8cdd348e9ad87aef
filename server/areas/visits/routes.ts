import * as planContract from '#contract/visit-plans.ts';
import * as contract from '#contract/visits.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { exportVisits } from './export.ts';
import { myVisits } from './mine.ts';
import { makePlan } from './plan.ts';
import { listPlanItems } from './plan-items.ts';
import { assignVisits, endPlan, listPlans, planCoverage } from './plans.ts';
import { getVisit, listVisits } from './read.ts';
import { correctVisit, recordVisit } from './record.ts';
import { attachScan } from './sign.ts';

/** What answers the calls of 走访. */
export const visitsRoutes: readonly Route[] = [
  answer(contract.recordVisit, recordVisit),
  answer(contract.correctVisit, correctVisit),
  answer(contract.attachScan, attachScan),
  answer(contract.listVisits, listVisits),
  answer(contract.exportVisits, exportVisits),
  answer(contract.getVisit, (context, input) => getVisit(context, input.id)),
  answer(contract.myVisits, myVisits),
  answer(planContract.makePlan, makePlan),
  answer(planContract.listPlans, listPlans),
  answer(planContract.planCoverage, (context, input) => planCoverage(context, input)),
  answer(planContract.listPlanItems, listPlanItems),
  answer(planContract.assignVisits, assignVisits),
  answer(planContract.endPlan, endPlan),
];
