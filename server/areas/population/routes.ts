import * as households from '#contract/households.ts';
import * as contract from '#contract/population.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { correctChild } from './edit.ts';
import { coverage, householdRecord, listHouseholdsPage } from './households.ts';
import { exportChildrenSheet } from './export.ts';
import { listChildrenPage } from './lists.ts';
import { childRecord, revealNumbers } from './record.ts';
import { searchEverything } from './search.ts';
import { recordDoorSurvey } from './survey.ts';

/** The calls of 适龄人口. */
export const populationRoutes: Route[] = [
  answer(contract.listChildren, (context, input) => listChildrenPage(context, input)),
  answer(contract.exportChildren, exportChildrenSheet),
  answer(contract.getChild, (context, input) => childRecord(context, input.id)),
  answer(contract.editChild, async (context, input) => {
    await correctChild(context, input);
    return { done: true as const };
  }),
  answer(contract.revealChild, (context, input) => revealNumbers(context, input)),
  answer(households.listHouseholds, (context, input) => listHouseholdsPage(context, input)),
  answer(households.getCoverage, (context, input) => coverage(context, input)),
  answer(households.getHousehold, (context, input) => householdRecord(context, input.id)),
  answer(households.recordSurvey, (context, input) => recordDoorSurvey(context, input)),
  answer(contract.searchAll, (context, input) => searchEverything(context, input.q)),
];
