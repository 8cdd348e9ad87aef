import * as contract from '#contract/risk.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { dismissSign, getChildSigns, listSigns } from './signs.ts';

/** What answers the calls of 预警. */
export const riskRoutes: readonly Route[] = [
  answer(contract.listSigns, listSigns),
  answer(contract.getChildSigns, getChildSigns),
  answer(contract.dismissSign, dismissSign),
];
