import type pg from 'pg';
import type { CoursePart } from '#domain/statistics/record.ts';
import { classified, listed, type FigureAsk } from './store-figures.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A movement or stock of a child in a cohort. */
export interface CohortName {
  child_id: string;
  part: CoursePart;
  day: string;
  total: number;
}

/**
 * A page of the names behind some parts of cohorts, by day and name, of those who carry one of the tokens (null: all). `leaversApart`: who left
 * grade 6 is not among those who moved out.
 */
export async function listCohortNames(
  client: Client,
  district: string,
  ask: FigureAsk & { keys: readonly string[]; parts: readonly CoursePart[]; leaversApart: boolean },
  tokens: readonly string[] | null,
  page: { size: number; offset: number },
): Promise<CohortName[]> {
  const { text, values } = classified(district, ask);
  const value = (one: unknown) => `$${String(values.push(one))}`;
  const reach = tokens === null ? '' : ` AND k.reach && ${value(tokens)}::text[]`;
  const apart = ask.leaversApart
    ? ` AND NOT (f.part = 'MoveOut' AND EXISTS (SELECT 1 FROM f g WHERE g.child_id = f.child_id AND g.day = f.day AND g.key = f.key AND g.part = 'Left6'))`
    : '';
  const found = await client.query<CohortName>(
    `${text}, f AS MATERIALIZED (SELECT x.* FROM (${listed}) x WHERE x.key = ANY(${value(ask.keys)}::text[]))
     SELECT f.child_id, f.part, f.day, (count(*) OVER ())::int AS total FROM f JOIN child k ON k.district_code = $1 AND k.id = f.child_id
     WHERE f.part = ANY(${value(ask.parts)}::text[])${reach}${apart} ORDER BY f.day DESC, k.pinyin, f.child_id, f.part LIMIT ${value(page.size)} OFFSET ${value(page.offset)}`,
    values,
  );
  return found.rows;
}
