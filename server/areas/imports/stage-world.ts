import type { ChildTag } from '#domain/population/record.ts';
import { parseChildTag } from '#domain/population/parse.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import type { Platform } from '#server/http/context.ts';
import type { StageWorld } from './stage-persons.ts';
import { readPlaces, readSchools, type FileRow } from './store.ts';

/** The world that rows of a file are read against: places, schools, keys. */
export async function stageWorld(
  platform: Platform,
  district: string,
  file: Pick<FileRow, 'as_of' | 'list' | 'sealed_name'> & { import_id: string },
  newId: () => string,
): Promise<StageWorld> {
  const pool = platform.database.loaderPool;
  const { import_id: id, sealed_name } = file;
  const fileName = openName(platform.keys, 'import_file', district, { id, sealed_name });
  const client = await pool.connect();
  try {
    const places = await readPlaces(client, district, file.as_of);
    const schools = await readSchools(client, district);
    const byCode = new Map(schools.map((school) => [school.code, school.code]));
    const byName = new Map(schools.map((school) => [school.name, school.code]));
    const list: ChildTag | null = file.list === null ? null : parseChildTag(file.list);
    const inName = /(?<!\d)(\d{10})(?!\d)/.exec(fileName)?.[1] ?? null;
    const named = schools.filter((school) => fileName.includes(school.name));
    return {
      keys: platform.keys,
      district,
      asOf: file.as_of,
      list,
      places,
      newId,
      schoolIds: new Map(schools.map((school) => [school.code, school.id])),
      fileSchool:
        inName !== null && byCode.has(inName)
          ? inName
          : (named.sort((a, b) => b.name.length - a.name.length)[0]?.code ?? null),
      findSchool: (code, name) => byCode.get(code) ?? (code === '' ? (byName.get(name) ?? null) : null),
    };
  } finally {
    client.release();
  }
}
