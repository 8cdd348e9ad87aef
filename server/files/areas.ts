import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';

/** A county-level district with the names above it. `code` has 6 digits (GB/T 2260). */
export interface AreaDistrict {
  readonly code: string;
  readonly name: string;
  readonly province: string;
  readonly city: string;
}

/** A street unit: street office, town or township. `code` has 9 digits. */
export interface AreaSubdistrict {
  readonly code: string;
  readonly name: string;
}

/** A residents' or villagers' committee. `code` has 12 digits; the name is as the statistics office publishes it. */
export interface AreaCommunity {
  readonly code: string;
  readonly name: string;
  readonly subdistrictCode: string;
}

/** How many of each level the file holds. */
export interface AreaCounts {
  readonly provinces: number;
  readonly cities: number;
  readonly districts: number;
  readonly subdistricts: number;
  readonly communities: number;
}

/** The areas of the whole country, read from one file; a province is unpacked when one of its districts is asked for. */
export interface Areas {
  readonly source: string;
  /** The day of the edition, YYYY-MM-DD. */
  readonly edition: string;
  readonly counts: AreaCounts;
  /** The districts of a province (2 digits) or city (4 digits), in order of code; all of them without a prefix. */
  readonly districtsOf: (prefix?: string) => AreaDistrict[];
  readonly findDistrict: (code: string) => AreaDistrict | null;
  /** The street units of a district in order of code; empty when the district is unknown. */
  readonly subdistrictsOf: (districtCode: string) => AreaSubdistrict[];
  /** The committees of a district in order of code; empty when the district is unknown. */
  readonly communitiesOf: (districtCode: string) => AreaCommunity[];
}

const Pair = z.tuple([z.string(), z.string()]);
const Index = z.object({
  source: z.string(),
  edition: z.string(),
  endings: z.array(Pair),
  counts: z.object({
    provinces: z.number(),
    cities: z.number(),
    districts: z.number(),
    subdistricts: z.number(),
    communities: z.number(),
  }),
  provinces: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      offset: z.number(),
      length: z.number(),
      cities: z.array(Pair),
      districts: z.array(Pair),
    }),
  ),
});
type Province = z.infer<typeof Index>['provinces'][number];

const FILE = new URL('../../data/areas.bin', import.meta.url);
const HEAD_BYTES = 8;
let opened: Areas | null = null;

/**
 * Opens the country's areas (data/areas.bin; source and edition in data/README.md). The packed file stays in memory (under 3 MB),
 * and the text of the province asked for last. Throws when the file is missing or not of this form.
 */
export function readAreas(): Areas {
  opened ??= openAreas(readFileSync(FILE));
  return opened;
}

function openAreas(file: Buffer): Areas {
  if (file.toString('latin1', 0, 4) !== 'BXA1')
    throw new Error('data/areas.bin is not an area file: make it again with scripts/make-areas.mjs');
  const indexEnd = HEAD_BYTES + file.readUInt32BE(4);
  const index = Index.parse(JSON.parse(brotliDecompressSync(file.subarray(HEAD_BYTES, indexEnd)).toString('utf8')));
  const endings = new Map(index.endings);
  const provinces = new Map(index.provinces.map((province) => [province.code, province]));
  const districts = new Map(index.provinces.flatMap(districtsOfProvince).map((district) => [district.code, district]));
  let kept: { code: string; text: string } | null = null;

  function linesOf(districtCode: string): string[] {
    const province = provinces.get(districtCode.slice(0, 2));
    if (province === undefined || !districts.has(districtCode)) return [];
    if (kept?.code !== province.code) {
      const start = indexEnd + province.offset;
      kept = {
        code: province.code,
        text: brotliDecompressSync(file.subarray(start, start + province.length)).toString('utf8'),
      };
    }
    const start = kept.text.indexOf(`#${districtCode}`);
    if (start < 0) return [];
    const end = kept.text.indexOf('\n#', start);
    return kept.text
      .slice(start, end < 0 ? undefined : end)
      .split('\n')
      .slice(1);
  }

  return {
    source: index.source,
    edition: index.edition,
    counts: index.counts,
    districtsOf: (prefix = '') => [...districts.values()].filter((district) => district.code.startsWith(prefix)),
    findDistrict: (code) => districts.get(code) ?? null,
    subdistrictsOf: (districtCode) =>
      linesOf(districtCode)
        .filter((line) => line.startsWith('>'))
        .map((line) => ({ code: districtCode + line.slice(1, 4), name: line.slice(4) })),
    communitiesOf: (districtCode) => communitiesFrom(districtCode, linesOf(districtCode), endings),
  };
}

function districtsOfProvince(province: Province): AreaDistrict[] {
  const cities = new Map(province.cities);
  return province.districts.map(([code, name]) => ({
    code,
    name,
    province: province.name,
    city: cities.get(code.slice(0, 4)) ?? '',
  }));
}

function communitiesFrom(
  districtCode: string,
  lines: readonly string[],
  endings: ReadonlyMap<string, string>,
): AreaCommunity[] {
  const communities: AreaCommunity[] = [];
  let subdistrictCode = districtCode;
  let serial = 0;
  for (const line of lines) {
    if (line.startsWith('>')) {
      subdistrictCode = districtCode + line.slice(1, 4);
      serial = 0;
      continue;
    }
    const stepped = /^(-?\d+) /u.exec(line);
    serial += stepped === null ? 1 : Number(stepped[1]);
    const stored = stepped === null ? line : line.slice(stepped[0].length);
    const ending = endings.get(stored.slice(-1));
    const name = ending === undefined ? stored : stored.slice(0, -1) + ending;
    communities.push({ code: subdistrictCode + String(serial).padStart(3, '0'), name, subdistrictCode });
  }
  return communities;
}
