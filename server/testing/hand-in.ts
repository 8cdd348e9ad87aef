import { randomUUID } from 'node:crypto';
import { getImport, uploadList } from '#contract/imports.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { performImport } from '#server/areas/imports/perform.ts';
import { platformActor } from '#server/http/run.ts';
import type { Person, World } from './world.ts';

/** A list as a person hands it in: lines of cells, or the bytes of a file. */
export interface Handed {
  kind: 'schools' | 'register' | 'roster' | 'presence' | 'registry';
  fileName: string;
  content: readonly (readonly string[])[] | Buffer;
  asOf?: string;
  dryRun?: boolean;
}

/** Uploads a list through the wizard's call and answers its id; nothing reads it yet. */
export async function upload(world: World, by: Person, list: Handed): Promise<string> {
  const { kind, fileName, content, asOf = '2026-11-20', dryRun = false } = list;
  const query = new URLSearchParams({ kind, fileName, asOf, dryRun: String(dryRun) });
  const answered = await world.app.inject({
    method: 'POST',
    url: `${uploadList.path}?${query.toString()}`,
    headers: {
      cookie: `baoxue_session=${by.cookie}`,
      'x-baoxue': '1',
      'x-request-id': randomUUID(),
      'content-type': 'application/octet-stream',
    },
    payload: Buffer.isBuffer(content) ? content : Buffer.from(content.map((line) => line.join(',')).join('\r\n')),
  });
  return answered.json<{ id: string }>().id;
}

/** Uploads a list and lets the worker's own code take it in; answers how it ended. */
export async function handIn(world: World, by: Person, list: Handed): Promise<OutputOf<typeof getImport>> {
  const id = await upload(world, by, list);
  await performImport(world.platform, platformActor(world.district, '导入'), id);
  return by.call(getImport, { id });
}
