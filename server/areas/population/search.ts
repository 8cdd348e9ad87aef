import { searchChildren } from './lists.ts';
import { underReach } from '#server/http/under-reach.ts';
import { firstHouseholds } from './store-households.ts';
import { placesOf, schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';

/** Whether what was typed can be a household's number or a part of an address. */
function meansHousehold(q: string): boolean {
  return /\d{3}|[区路街巷里村栋号]/.test(q);
}

/** Children and households are found within the reach for children; everybody may look up schools and places, so the request itself reaches further. */
async function searchPeople(context: Context, q: string) {
  const reach = context.reachFor('children.read');
  if (!reach) return { children: [], households: [] };
  return underReach(context, reach, async (narrow) => ({
    children: await searchChildren(narrow, q, 8),
    households: meansHousehold(q) ? await firstHouseholds(narrow.client, narrow.district, q, 5) : [],
  }));
}

/** What the search box finds: children and households within reach, schools and places of the district. */
export async function searchEverything(context: Context, q: string) {
  const schools = (await schoolsOf(context))
    .filter((school) => school.name.includes(q) || school.code.startsWith(q))
    .slice(0, 5);
  const places = (await placesOf(context)).filter((place) => place.name.includes(q)).slice(0, 5);
  return {
    ...(await searchPeople(context, q)),
    schools: schools.map((school) => ({ id: school.id, name: school.name, code: school.code })),
    places: places.map((place) => ({ code: place.code, name: place.name })),
  };
}
