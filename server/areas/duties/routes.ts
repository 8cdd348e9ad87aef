import * as clauses from '#contract/duties-clauses.ts';
import * as contract from '#contract/duties.ts';
import * as messages from '#contract/messages.ts';
import { answer, answerOpen, type OpenRoute, type Route } from '#server/http/serve.ts';
import { exportClauseStates } from './clause-files.ts';
import { getClauseStates } from './clauses.ts';
import { getTimeliness, handOverDuty, listCatalogue, waiveDuty } from './handle.ts';
import { getDuty, listDuties } from './lists.ts';
import {
  addChannel,
  countUnread,
  createCalendarLink,
  endCalendarLink,
  endChannel,
  getCalendar,
  getReminders,
  listChannels,
  listMessages,
  readAllMessages,
  readMessage,
  saveEmail,
} from './messages.ts';
import { saveOwnRobot, savePreferences } from './preferences.ts';

/** What answers the calls of duties and messages. */
export const dutyRoutes: readonly (Route | OpenRoute)[] = [
  answer(contract.listCatalogue, (context) => listCatalogue(context)),
  answer(contract.getTimeliness, getTimeliness),
  answer(clauses.getClauseStates, getClauseStates),
  answer(clauses.exportClauseStates, exportClauseStates),
  answer(contract.listDuties, listDuties),
  answer(contract.getDuty, getDuty),
  answer(contract.waiveDuty, waiveDuty),
  answer(contract.handOverDuty, handOverDuty),
  answer(messages.listMessages, listMessages),
  answer(messages.countUnread, (context) => countUnread(context)),
  answer(messages.readMessage, readMessage),
  answer(messages.readAllMessages, readAllMessages),
  answer(messages.getReminders, (context) => getReminders(context)),
  answer(messages.saveEmail, saveEmail),
  answer(messages.savePreferences, savePreferences),
  answer(messages.saveOwnRobot, saveOwnRobot),
  answer(messages.createCalendarLink, (context) => createCalendarLink(context)),
  answer(messages.endCalendarLink, (context) => endCalendarLink(context)),
  answerOpen(messages.getCalendar, getCalendar),
  answer(messages.listChannels, (context) => listChannels(context)),
  answer(messages.addChannel, addChannel),
  answer(messages.endChannel, endChannel),
];
