import type { InputOf } from '#contract/endpoint.ts';
import { uploadPaper } from '#contract/papers.ts';
import type { Answered, Person, World } from '#server/testing/world.ts';

/** A whole small PNG whose text says which one it is. */
export function png(text: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    Buffer.from(`IHDR${text}`),
    Buffer.from('IEND'),
    Buffer.from([0xae, 0x42, 0x60, 0x82]),
  ]);
}

/** Uploads a file as a person; the body is sent as it is. */
export async function upload(
  world: World,
  person: Person,
  input: InputOf<typeof uploadPaper>,
  content: Buffer,
): Promise<Answered> {
  const query = new URLSearchParams(
    Object.entries(input).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
  const answered = await world.app.inject({
    method: 'POST',
    url: `${uploadPaper.path}?${query.toString()}`,
    headers: {
      'x-baoxue': '1',
      'x-request-id': world.platform.newId(),
      'content-type': 'application/octet-stream',
      cookie: `baoxue_session=${person.cookie}`,
    },
    payload: content,
  });
  return { status: answered.statusCode, body: answered.json<unknown>(), headers: answered.headers };
}
