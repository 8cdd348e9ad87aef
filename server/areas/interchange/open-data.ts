import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/interchange.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { allOf, keyOf, openMeasures, suppress, type OpenCell } from '#domain/interchange/open-data.ts';
import { evaluate, formulas } from '#domain/statistics/formulas.ts';
import { emptyTally, sumTallies, type Tally } from '#domain/statistics/record.ts';
import { levelWords } from '#domain/statistics/words.ts';
import { placesOf, readSettings } from '#server/areas/organisations/actions.ts';
import { countByStreetAndLevel } from '#server/areas/statistics/actions.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { wholeReach } from '#server/http/under-reach.ts';
import { guardText } from '#server/spreadsheets/guard.ts';
import { csvField } from '#server/spreadsheets/write.ts';
import { readDistrictName } from './store-copies.ts';

type Form = OutputOf<typeof contract.getOpenData>;
type Row = Form['rows'][number];

/** How many school years the form holds, the present one last. The years are fixed: a choice of years would let two forms be compared. */
const yearsShown = 5;
const rates = ['annualRetention', 'dropoutRate'] as const;
const levels = ['primary', 'junior', allOf] as const;

/** The days as of which a school year is published: few, so that forms rarely differ, the last being the year's end. */
function releaseDays(year: number): string[] {
  const next = String(year + 1);
  return [`${String(year)}-11-30`, addCalendarDays(`${next}-03-01`, -1), `${next}-05-31`, `${next}-08-31`];
}

/** The moment at which a day ends in China: what becomes known later changes nothing that is published. */
const endOf = (day: string): string => `${day}T16:00:00.000000Z`;

/** The last day of which a form is published by today. */
function lastRelease(today: string): string {
  const year = schoolYearOf(today);
  return [...releaseDays(year - 1), ...releaseDays(year)].filter((day) => day < today).at(-1) ?? today;
}

interface YearShown {
  year: number;
  cells: OpenCell[];
  hidden: ReadonlySet<number>;
  tallies: ReadonlyMap<string, Tally>;
  streets: readonly string[];
}

/** Counts every street and level of a year up to a day as known at its end, with their sums; null where nothing was known. */
async function countYear(context: Context, year: number, day: string): Promise<Omit<YearShown, 'hidden'> | null> {
  const period = { kind: 'year' as const, from: `${String(year)}-09-01`, to: day };
  const found = await countByStreetAndLevel(context, period, endOf(day));
  if (found.size === 0) return null;
  const tallies = new Map<string, Tally>();
  const named = new Set<string>();
  for (const [key, tally] of found) {
    const [street = '', level = ''] = key.split('|');
    named.add(street);
    for (const one of [street, allOf])
      for (const each of [level, allOf])
        tallies.set(`${one}|${each}`, sumTallies([tallies.get(`${one}|${each}`) ?? null, tally]));
  }
  const streets = [...[...named].sort(), allOf];
  const cells = streets.flatMap((street) =>
    levels.flatMap((level) =>
      openMeasures.map(({ id: measure, parts }): OpenCell => {
        const tally = tallies.get(`${street}|${level}`) ?? emptyTally();
        return { year, street, level, measure, value: parts.reduce((sum, part) => sum + tally[part], 0) };
      }),
    ),
  );
  return { year, cells, tallies, streets };
}

/**
 * The years of a form with what each leaves blank. A year is counted again for every day on which it was published, so that a count which
 * an earlier form shows is not followed by one that differs from it by a few.
 */
async function gather(context: Context, asOf: string): Promise<YearShown[]> {
  const last = schoolYearOf(asOf);
  const shown: YearShown[] = [];
  let carried: OpenCell[] = [];
  let published = new Map<string, number | null>();
  for (let year = last - yearsShown + 1; year <= last; year += 1) {
    let latest: YearShown | null = null;
    for (const day of releaseDays(year).filter((one) => one <= asOf)) {
      const counted = await countYear(context, year, day);
      if (counted === null) continue;
      const smallest = (await readSettings(context, addCalendarDays(day, 1)))['open.smallest'];
      const blank = suppress([...counted.cells, ...carried], smallest, published);
      for (const [at, cell] of counted.cells.entries()) if (!blank.has(at)) published.set(keyOf(cell), cell.value);
      latest = { ...counted, hidden: new Set([...blank].filter((at) => at < counted.cells.length)) };
    }
    if (latest === null) continue;
    shown.push(latest);
    const { cells, hidden } = latest;
    carried = cells.filter(({ street, measure }) => street === allOf && measure === 'end');
    published = new Map(carried.map((cell) => [keyOf(cell), hidden.has(cells.indexOf(cell)) ? null : cell.value]));
  }
  return shown;
}

/** A rate of a row, only where every count that it is made of is shown. */
function rateOf(id: (typeof rates)[number], tally: Tally, shown: ReadonlySet<string>): number | null {
  const { numerator, denominator } = formulas[id];
  const open = [...numerator, ...denominator].every(({ part }) =>
    openMeasures.some((measure) => measure.parts.length === 1 && measure.parts[0] === part && shown.has(measure.id)),
  );
  return open ? evaluate(id, tally, null).value : null;
}

/** The open-data form: sums by school year, street and level, small counts and what would give them away left blank. */
export async function getOpenData(context: Context): Promise<Form> {
  const { client, district, today } = context;
  const asOf = lastRelease(today);
  const smallest = (await readSettings(context, addCalendarDays(asOf, 1)))['open.smallest'];
  const years = await rememberFor(
    context,
    wholeReach,
    { key: `open-data ${asOf} ${String(smallest)}`, dependsOn: 'facts', bytes: (made) => made.length * 300_000 },
    () => gather(context, asOf),
  );
  const names = new Map((await placesOf(context)).map((place) => [place.code, place.name]));
  const nameOf = (street: string) => (street === allOf ? '全区' : street === '' ? '住址未登记' : (names.get(street) ?? street)); // prettier-ignore
  const rows: Row[] = [];
  for (const { year, cells, hidden, tallies, streets } of years) {
    let at = 0;
    for (const street of streets)
      for (const level of levels) {
        const values: Record<string, number | null> = {};
        for (const { id } of openMeasures) {
          values[id] = hidden.has(at) ? null : (cells[at]?.value ?? 0);
          at += 1;
        }
        const shown = new Set(Object.entries(values).flatMap(([id, value]) => (value === null ? [] : [id])));
        const tally = tallies.get(`${street}|${level}`) ?? emptyTally();
        rows.push({
          schoolYear: year,
          street,
          streetName: nameOf(street),
          level,
          levelName: level === allOf ? '合计' : levelWords[level],
          values,
          retention: rateOf('annualRetention', tally, shown),
          dropoutRate: rateOf('dropoutRate', tally, shown),
        });
      }
  }
  return {
    title: '义务教育在校学生变动情况',
    districtCode: district,
    districtName: await readDistrictName(client, district),
    asOf,
    knownAt: endOf(asOf),
    formula: rates.map((id) => ({
      id,
      version: formulas[id].version,
      name: formulas[id].name,
      words: formulas[id].words,
    })),
    smallest,
    suppression: `1 至 ${String(smallest - 1)} 的人数不公布；与以前各期已公布之数相差不足 ${String(smallest)} 的，以及可由合计、恒等式或相邻学年推算的，也不公布。空白不等于零。率仅在其各项均公布时给出。`,
    measures: openMeasures.map(({ id, words }) => ({ id, words })),
    hidden: years.reduce((sum, { hidden }) => sum + hidden.size, 0),
    cells: years.reduce((sum, { cells }) => sum + cells.length, 0),
    rows,
  };
}

const quoted = (cell: string | number | null): string =>
  typeof cell === 'string' ? csvField(guardText(cell)) : String(cell ?? '');

/** The form as CSV (UTF-8 with BOM, metadata in lines that begin with #) or JSON. */
export async function downloadOpenData(
  context: Context,
  input: ParsedOf<typeof contract.downloadOpenData>,
): Promise<FileAnswer> {
  // prettier-ignore
  const form = await getOpenData(context);
  const name = `开放数据_${form.districtCode}_${form.asOf}.${input.form}`;
  context.note({ subjectKind: 'export', subjectId: 'openData', detail: { rows: form.rows.length, hidden: form.hidden, asOf: form.asOf } }); // prettier-ignore
  if (input.form === 'json')
    return { fileName: name, contentType: 'application/json', body: Buffer.from(JSON.stringify(form, null, 1)) };
  const head = ['学年', '街道代码', '街道', '学段', ...form.measures.map(({ words }) => words), '巩固率', '辍学率'];
  const lines = [
    `# ${form.title}　${form.districtName}（${form.districtCode}）`,
    `# 截至 ${form.asOf}　按当日 24:00 已登记的内容，此后的补登、更正不改变已公布之数`,
    `# ${form.suppression}`,
    ...form.formula.map(({ name: figure, version, words }) => `# ${figure} v${String(version)} ＝ ${words}`),
    head.map(quoted).join(','),
    ...form.rows.map(
      (row) =>
      [row.schoolYear, row.street, row.streetName, row.levelName, ...form.measures.map(({ id }) => row.values[id] ?? null), row.retention, row.dropoutRate].map(quoted).join(','), // prettier-ignore
    ),
  ];
  return {
    fileName: name,
    contentType: 'text/csv; charset=utf-8',
    body: Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`),
  };
}
