import { openingDay } from '#domain/basics/school-year.ts';
import { notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import type { Then } from '#server/database/past.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { childRow, recordsOf } from './lists.ts';
import {
  childrenOf,
  countHouseholds,
  findHousehold,
  pageHouseholds,
  readCoverage,
  surveysOf,
} from './store-households.ts';

/** Surveys count for the coverage from the day that opens the school year. */
export function surveyedSince(context: Context, then: Then | null = null): string {
  return openingDay(then?.day ?? context.today);
}

/** A page of households with their children and the last survey of the school year, as it stands, or stood then. */
export async function listHouseholdsPage(
  context: Context,
  input: {
    q?: string | undefined;
    subdistrict?: string | undefined;
    community?: string | undefined;
    surveyed?: 'yes' | 'no' | undefined;
    result?: string | undefined;
    day?: string | undefined;
    knownAt?: string | undefined;
    page: number;
    size: number;
  },
) {
  const { page, size, day, knownAt, ...asked } = input;
  const then = askedThen(context, { day, knownAt });
  const wanted = { ...asked, since: surveyedSince(context, then), then };
  const total = await rememberFor(
    context,
    context.reach,
    { key: `household-count ${JSON.stringify(wanted)}`, dependsOn: 'facts', bytes: () => 8 },
    () => countHouseholds(context.client, context.district, wanted),
  );
  const rows = await pageHouseholds(context.client, context.district, wanted, page, size);
  const members = await childrenOf(
    context.client,
    context.district,
    rows.map((row) => row.id),
    then,
  );
  const records = new Map(
    (
      await recordsOf(
        context,
        members.map((member) => member.child_id),
        then,
      )
    ).map((record) => [record.id, record]),
  );
  return {
    rows: rows.map((row) => ({
      id: row.id,
      householdNo: row.household_no,
      address: row.address,
      subdistrictName: row.subdistrict_name,
      communityName: row.community_name,
      children: members
        .filter((member) => member.household_id === row.id)
        .flatMap((member) => {
          const record = records.get(member.child_id);
          return record
            ? [{ id: record.id, name: record.name, birthDate: record.birth_date, standing: record.standing }]
            : [];
        }),
      lastSurvey:
        row.survey_day === null
          ? null
          : { day: row.survey_day, result: row.survey_result ?? '', surveyor: row.surveyor_name ?? '' },
    })),
    total,
    page,
    size,
  };
}

/** Coverage of each community: households by result, and those without any, as it stands, or stood then. */
export function coverage(
  context: Context,
  input: { subdistrict?: string | undefined; day?: string | undefined; knownAt?: string | undefined },
) {
  const then = askedThen(context, input);
  const asked = { since: surveyedSince(context, then), subdistrict: input.subdistrict ?? null, then };
  return readCoverage(context.client, context.district, asked);
}

/** One household with children and surveys. */
export async function householdRecord(context: Context, id: string) {
  const household = await findHousehold(context.client, context.district, id, surveyedSince(context));
  if (!household) throw notFound('住户');
  const members = await childrenOf(context.client, context.district, [id]);
  const survey = context.reachFor('survey.record');
  return {
    id,
    householdNo: household.household_no,
    address: household.address,
    subdistrictName: household.subdistrict_name,
    communityName: household.community_name,
    communityCode: household.community_code,
    children: (
      await recordsOf(
        context,
        members.map((member) => member.child_id),
      )
    ).map((record) => childRow(context, record)),
    surveys: await surveysOf(context.client, context.district, id),
    allowed: { survey: survey !== null && reaches(survey, household.reach) },
  };
}
