import { courseCauses, courseStates, entryComponents, inSchoolStates } from '#domain/enrolment/course.ts';
import {
  awayStates,
  endStocks,
  exitOf,
  lastGrade,
  staysInside,
  unlawfulStates,
  wideKinds,
} from '#domain/statistics/components.ts';
import type { ScopeKind } from '#domain/statistics/record.ts';

/** Words of the domain as a list of SQL; they are of closed lists and hold no quotes. */
const among = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** A choice by a column from the domain's own table: the words that give the same answer stand together. */
function chosen(column: string, words: readonly string[], answerOf: (word: string) => string): string {
  const answers = [...new Set(words.map(answerOf))];
  const arms = answers.map(
    (answer) => `WHEN ${column} IN (${among(words.filter((word) => answerOf(word) === answer))}) THEN '${answer}'`,
  );
  return `CASE ${arms.join(' ')} END`;
}

const figureStates = [...courseStates.filter((state) => !inSchoolStates.includes(state)), 'senior'] as const;
const schoolYearOfSpell = `(extract(year FROM c.from_date)::int - CASE WHEN extract(month FROM c.from_date) < 9 THEN 1 ELSE 0 END)`;

const levelSql = `CASE WHEN c.grade <= 6 THEN 'primary' ELSE 'junior' END`;
const streetSql = `coalesce(h.subdistrict_code, '')`;

/** Kinds whose key needs the register joined as `h`. */
export const homeKinds: readonly ScopeKind[] = ['street', 'streetLevel'];

/** The key of the scope of a kind, of a spell `c`; `homeKinds` need the register joined as `h`. */
export const keySql: Readonly<Record<ScopeKind, string>> = {
  class: `coalesce(c.class_id::text, c.school_id::text || ':')`,
  schoolGrade: `c.school_id::text || ':' || c.grade::text`,
  schoolLevel: `c.school_id::text || ':' || ${levelSql}`,
  school: `c.school_id::text`,
  grade: `c.grade::text`,
  level: levelSql,
  streetLevel: `${streetSql} || ':' || ${levelSql}`,
  street: streetSql,
  district: `''::text`,
  cohort: `c.school_id::text || ':' || (${schoolYearOfSpell} - c.grade + 1)::text`,
};

/** The state of a spell `c` as the figures see it. */
export const stateSql = `CASE WHEN c.grade > ${String(lastGrade)} THEN 'senior' ELSE c.state END`;

/** Whether a spell `c` stands in S0 and S1 of its scope. */
export function countsSql(kind: ScopeKind): string {
  const states = wideKinds.includes(kind) ? [...inSchoolStates, 'leaver'] : inSchoolStates;
  return `(c.grade <= ${String(lastGrade)} AND c.state IN (${among(states)}))`;
}

/** The component of an exit into a state. */
export function exitSql(state: string): string {
  // as: the words are states of the closed list
  return chosen(state, figureStates, (word) => exitOf(word as (typeof figureStates)[number]));
}

const byCause = chosen('y.cause', courseCauses, (word) => entryComponents[word as keyof typeof entryComponents]); // as: a cause

/** The component of an entry `y` from outside school; `outside` is the state before, null for never known. */
export const entrySql = `CASE WHEN y.cause = 'transferIn' THEN 'In' WHEN y.outside IS NULL THEN 'New' WHEN y.outside IN (${among(awayStates)}) THEN 'Back' WHEN y.outside = 'leaver' THEN 'MoveIn' ELSE ${byCause} END`;

/** Whether the move of an entry `y` from the stay before (`a_…`) stays inside the larger unit. */
export const insideSql = `(y.a_school = y.school_id OR y.cause IN (${among(courseCauses.filter((cause) => staysInside(cause, false)))}))`;

/** States of having left without right. */
export const unlawfulSql = among(unlawfulStates);

/** The stock in which a state stands at the period's end; null for none. */
export const endStockSql = `CASE z.state ${Object.entries(endStocks)
  .map(([state, stock]) => `WHEN '${state}' THEN '${stock}'`)
  .join(' ')} END`;
