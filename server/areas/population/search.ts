import { listHouseholdsPage } from './households.ts';
import { searchChildren } from './lists.ts';
import { placesOf, schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';

/** What the search box finds: children and households within reach, schools and places of the district. */
export async function searchEverything(context: Context, q: string) {
  const mayChildren = context.reachFor('children.read') !== null;
  const mayHouseholds = mayChildren && /\d{3}|[区路街栋号]/.test(q);
  const schools = (await schoolsOf(context))
    .filter((school) => school.name.includes(q) || school.code.startsWith(q))
    .slice(0, 5);
  const places = (await placesOf(context)).filter((place) => place.name.includes(q)).slice(0, 5);
  return {
    children: mayChildren ? await searchChildren(context, q, 8) : [],
    schools: schools.map((school) => ({ id: school.id, name: school.name, code: school.code })),
    places: places.map((place) => ({ code: place.code, name: place.name })),
    households: mayHouseholds
      ? (await listHouseholdsPage(context, { q, page: 1, size: 5 })).rows.map((row) => ({
          id: row.id,
          householdNo: row.householdNo,
          address: row.address,
        }))
      : [],
  };
}
