import * as contract from '#contract/statistics.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { getCockpit } from './cockpit.ts';
import { getDesk } from './desk.ts';

/** What answers the calls of 驾驶舱 and 工作台. */
export const statisticsRoutes: readonly Route[] = [
  answer(contract.getCockpit, (context) => getCockpit(context)),
  answer(contract.getDesk, (context) => getDesk(context)),
];
