/** A place that a text may mean: a street unit or a committee. */
export interface NamedPlace {
  readonly name: string;
}

const COMMITTEE_ENDING =
  /(?:社区居民委员会|社区居委会|社区管委会|社区村委会|村民委员会|居民委员会|嘎查委员会|村委会|居委会|社区|嘎查|村)$/u;
const STREET_ENDING = /(?:街道办事处|地区办事处|乡人民政府|镇人民政府|街道办|办事处|街办|街道|街|乡|镇)$/u;

/**
 * A community's name as offices write it: 汉黄社区居委会 → 汉黄社区, 金潭村民委员会 → 金潭村委会, 三居委会 unchanged.
 */
export function plainCommunityName(name: string): string {
  const text = name.normalize('NFKC').replace(/\s/gu, '');
  return text
    .replace(/社区(?:居民委员会|居委会)$/u, '社区')
    .replace(/村民委员会$/u, '村委会')
    .replace(/居民委员会$/u, '居委会');
}

/** A street unit's name as offices write it: 一元街 and 一元街道办事处 → 一元街道; towns and parks unchanged. */
export function plainStreetName(name: string): string {
  const text = name.normalize('NFKC').replace(/\s/gu, '');
  return text.replace(/(?:街道办事处|街道办|街办|街)$/u, '街道');
}

/** The part of a place's name that stays when its ending is left out (汉黄社区 → 汉黄); never empty. */
export function placeKey(name: string): string {
  const text = name.normalize('NFKC').replace(/\s/gu, '');
  for (const ending of [COMMITTEE_ENDING, STREET_ENDING]) {
    const key = text.replace(ending, '');
    if (key !== text) return key === '' ? text : key;
  }
  return text;
}

/**
 * The one candidate that a written name means: the same name, else the same plain name, else the same name without its ending
 * (汉黄, 汉黄社区, 汉黄社区居委会 are one place). A street written short (百步亭街道 for 百步亭花园) is found when only one candidate begins so.
 * Null when nothing fits or when two candidates fit equally.
 */
export function matchPlace<Place extends NamedPlace>(text: string, candidates: readonly Place[]): Place | null {
  const written = text.normalize('NFKC').replace(/\s/gu, '');
  if (written === '') return null;
  const same = onlyOne(candidates.filter((candidate) => candidate.name.normalize('NFKC') === written));
  if (same !== null) return same;
  for (const plain of [plainCommunityName, plainStreetName]) {
    const form = plain(written);
    const found = candidates.filter((candidate) => plain(candidate.name) === form);
    if (found.length > 0) return onlyOne(found);
  }
  const key = placeKey(written);
  // The text itself comes before its own stem: 建设新村 is 建设新村社区, although it ends like a village.
  for (const stem of [written, key]) {
    const found = candidates.filter((candidate) => placeKey(candidate.name) === stem);
    if (found.length > 0) return onlyOne(found);
  }
  if (key.length < 3 || !STREET_ENDING.test(written)) return null;
  return onlyOne(candidates.filter((candidate) => candidate.name.startsWith(key)));
}

/**
 * The candidate whose name stands in an address (江岸区丹水池街道汉黄社区19栋 → 汉黄社区): the longest plain name found there.
 * Null when none stands there or two equally long ones do.
 */
export function findPlaceInAddress<Place extends NamedPlace>(
  address: string,
  candidates: readonly Place[],
): Place | null {
  const text = address.normalize('NFKC').replace(/\s/gu, '');
  let longest = 0;
  let found: Place[] = [];
  for (const candidate of candidates) {
    const name = plainCommunityName(candidate.name);
    if (name.length < longest || !text.includes(name)) continue;
    found = name.length > longest ? [candidate] : [...found, candidate];
    longest = name.length;
  }
  return onlyOne(found);
}

function onlyOne<Place>(places: readonly Place[]): Place | null {
  return places.length === 1 ? (places[0] ?? null) : null;
}
