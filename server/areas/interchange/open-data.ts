import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/interchange.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { allOf, openMeasures, suppress, type OpenCell } from '#domain/interchange/open-data.ts';
import { evaluate, formulas } from '#domain/statistics/formulas.ts';
import { schoolYearPeriod, until } from '#domain/statistics/periods.ts';
import { emptyTally, sumTallies, type Tally } from '#domain/statistics/record.ts';
import { levelWords } from '#domain/statistics/words.ts';
import { placesOf, readSettings } from '#server/areas/organisations/actions.ts';
import { countByStreetAndLevel } from '#server/areas/statistics/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { guardText } from '#server/spreadsheets/guard.ts';
import { csvField } from '#server/spreadsheets/write.ts';
import { readDistrictName } from './store-copies.ts';

type Form = OutputOf<typeof contract.getOpenData>;
type Row = Form['rows'][number];

/** How many school years the form holds, the present one last. The years are fixed: a choice of years would let two forms be compared. */
const yearsShown = 5;
const rates = ['annualRetention', 'dropoutRate'] as const;

/** The last day of the month before: the form changes once a month, so that two forms of one month do not give a child away. */
function lastMonthEnd(today: string): string {
  return addCalendarDays(`${today.slice(0, 7)}-01`, -1);
}

interface Gathered {
  cells: OpenCell[];
  tallies: Map<string, Tally>;
  streets: string[];
  years: number[];
}

/** Counts every street and level of each year, and their sums. */
async function gather(context: Context, asOf: string): Promise<Gathered> {
  const last = schoolYearOf(asOf);
  const tallies = new Map<string, Tally>();
  const streets = new Set<string>();
  const years: number[] = [];
  const into = (key: string, from: Tally): void => {
    tallies.set(key, sumTallies([tallies.get(key) ?? null, from]));
  };
  for (let year = last - yearsShown + 1; year <= last; year += 1) {
    const found = await countByStreetAndLevel(context, until(schoolYearPeriod(year), asOf));
    if (found.size > 0) years.push(year);
    for (const [key, tally] of found) {
      const [street = '', level = ''] = key.split('|');
      streets.add(street);
      for (const one of [street, allOf])
        for (const each of [level, allOf]) into(`${String(year)}|${one}|${each}`, tally);
    }
  }
  const ordered = [...[...streets].sort(), allOf];
  const cells = years.flatMap((year) =>
    ordered.flatMap((street) =>
      (['primary', 'junior', allOf] as const).flatMap((level) =>
        openMeasures.map(({ id: measure, parts }): OpenCell => {
          const tally = tallies.get(`${String(year)}|${street}|${level}`) ?? emptyTally();
          return { year, street, level, measure, value: parts.reduce((sum, part) => sum + tally[part], 0) };
        }),
      ),
    ),
  );
  return { cells, tallies, streets: ordered, years };
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
  const asOf = lastMonthEnd(today);
  const smallest = (await readSettings(context, today))['open.smallest'];
  const { cells, tallies, streets, years } = await gather(context, asOf);
  const hidden = suppress(cells, smallest);
  const names = new Map((await placesOf(context)).map((place) => [place.code, place.name]));
  const nameOf = (street: string) => (street === allOf ? '全区' : street === '' ? '住址未登记' : (names.get(street) ?? street)); // prettier-ignore
  const rows: Row[] = [];
  let at = 0;
  for (const year of years)
    for (const street of streets)
      for (const level of ['primary', 'junior', allOf] as const) {
        const values: Record<string, number | null> = {};
        for (const { id } of openMeasures) {
          values[id] = hidden.has(at) ? null : (cells[at]?.value ?? 0);
          at += 1;
        }
        const shown = new Set(Object.entries(values).flatMap(([id, value]) => (value === null ? [] : [id])));
        const tally = tallies.get(`${String(year)}|${street}|${level}`) ?? emptyTally();
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
  return {
    title: '义务教育在校学生变动情况',
    districtCode: district,
    districtName: await readDistrictName(client, district),
    asOf,
    knownAt: context.now.toISOString(),
    formula: rates.map((id) => ({
      id,
      version: formulas[id].version,
      name: formulas[id].name,
      words: formulas[id].words,
    })),
    smallest,
    suppression: `1 至 ${String(smallest - 1)} 的人数不公布；为防止由合计、恒等式或相邻学年推算，另隐去若干数值。空白不等于零。率仅在其各项均公布时给出。`,
    measures: openMeasures.map(({ id, words }) => ({ id, words })),
    hidden: hidden.size,
    cells: cells.length,
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
    `# 截至 ${form.asOf}　生成于 ${form.knownAt}`,
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
