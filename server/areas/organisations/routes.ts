import * as contract from '#contract/organisations.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { getSchool, listPlaces, listSchools, savePlace, saveSchool, setCatchment } from './places.ts';
import { listCalendar, listSettings, setSetting } from './settings.ts';
import { appoint, endPost, listStaff, saveStaff } from './staff.ts';

/** The calls of the area: places, schools, catchments, staff, posts, settings, calendar. */
export const organisationsRoutes: Route[] = [
  answer(contract.listPlaces, listPlaces),
  answer(contract.savePlace, savePlace),
  answer(contract.listSchools, listSchools),
  answer(contract.getSchool, getSchool),
  answer(contract.saveSchool, saveSchool),
  answer(contract.setCatchment, setCatchment),
  answer(contract.listStaff, listStaff),
  answer(contract.saveStaff, saveStaff),
  answer(contract.appoint, appoint),
  answer(contract.endPost, endPost),
  answer(contract.listSettings, listSettings),
  answer(contract.setSetting, setSetting),
  answer(contract.listCalendar, listCalendar),
];
