import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { endpoints } from '#contract/index.ts';
import { grants } from '#domain/basics/grants.ts';
import { roleUnit, roles, type Role } from '#domain/basics/roles.ts';
import { leastInputs } from '#server/testing/contract-inputs.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

let world: World;
const people = new Map<Role, Person>();
/** Ids that are somebody's, so that what stands behind them is reached. */
const real: Record<string, string> = {};

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const [pupil] = await rows<{ child: string; room: string; school: string }>(
    world,
    `SELECT e.child_id AS child, e.class_id AS room, e.school_id AS school FROM enrolment e WHERE e.district_code = $1 AND upper_inf(e.known) AND e.class_id IS NOT NULL ORDER BY e.child_id LIMIT 1`,
  );
  if (!pupil) throw new Error('no pupil');
  Object.assign(real, { childId: pupil.child, classId: pupil.room, schoolId: pupil.school });
  const unit: Record<string, string> = { district: world.district, school: pupil.school, class: pupil.room, subdistrict: '420102012', community: '420102012010' }; // prettier-ignore
  for (const role of roles) people.set(role, await world.person(role, unit[roleUnit[role]] ?? ''));
});
afterAll(() => world.stop());

const texts = ['a\0b', '\ud83d', '0000-01-01', '0001-01-01T00:00:00.000000Z', '9999-12-31', '9999-12-31T23:59:59.999999Z', '   ', '字'.repeat(10_000), '=cmd|/C calc!A0', '\u202e../../x\r\nset-cookie: a=b', '%_\\"{}']; // prettier-ignore
const numbers = [1e9, -1, 1.5, Number.MAX_SAFE_INTEGER, '1e400'];

interface Shape {
  type?: string;
  properties?: Record<string, Shape>;
  anyOf?: Shape[];
  items?: Shape;
}

/** Every input that differs from a good one in one place, with something hostile there. */
function* spoilt(shape: Shape, good: unknown): Generator<unknown, void, void> {
  const kinds = [shape, ...(shape.anyOf ?? [])];
  for (const kind of kinds) {
    if (kind.type === 'string') yield* texts;
    if (kind.type === 'integer' || kind.type === 'number') yield* numbers;
    if (kind.type === 'array') {
      yield Array.from({ length: 20_000 }, () => randomUUID());
      const first: unknown = Array.isArray(good) ? good[0] : undefined;
      for (const item of spoilt(kind.items ?? {}, first)) yield [item];
    }
    if (kind.type === 'object') {
      const known = typeof good === 'object' && good !== null && !Array.isArray(good) ? good : {};
      for (const [key, inner] of Object.entries(kind.properties ?? {}))
        for (const bad of spoilt(inner, Object.entries(known).find(([name]) => name === key)?.[1]))
          yield { ...known, [key]: bad };
    }
  }
}

/** A role that may call it, with its person. */
function somebody(endpoint: Endpoint): Person {
  const { permission, alsoNeeds } = endpoint;
  const role = ['bureauOfficer' as const, ...roles].find(
    (one) => permission !== null && grants[one][permission] !== undefined && (alsoNeeds === undefined || grants[one][alsoNeeds] !== undefined), // prettier-ignore
  );
  const person = role && people.get(role);
  if (!person) throw new Error(`nobody may ${endpoint.name}`);
  return person;
}

const closed = endpoints.filter(({ permission, upload }) => permission !== null && permission !== 'session.own' && upload !== true); // prettier-ignore

describe('hostile input', () => {
  it.each(closed.map((endpoint) => [endpoint.name, endpoint] as const))(
    'SEC-21 %s answers what is no text, no day of anybody’s life and out of all measure without breaking',
    async (_name, endpoint) => {
      const person = somebody(endpoint);
      const ids = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, key = '']): [string, unknown] => [key, real[key] ?? (endpoint.name.startsWith('population.') ? real['childId'] : randomUUID())]); // prettier-ignore
      const good: Record<string, unknown> = { ...Object.fromEntries(ids), ...(leastInputs[endpoint.name] ?? {}) };
      for (const key of Object.keys(good)) if (real[key] !== undefined) good[key] = real[key];
      const shape = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as Shape; // as: JSON Schema of an object
      const broken: unknown[] = [];
      for (const spoiled of spoilt(shape, good)) {
        const input = spoiled as Record<string, unknown>; // as: made from the shape of an object
        // An address holds whole characters alone.
        for (const [key = ''] of ids) input[key] = String(input[key]).toWellFormed();
        const answered = await person.ask(endpoint, input);
        if (answered.status >= 500) broken.push([JSON.stringify(input).slice(0, 300), answered.body]);
      }
      expect(broken).toEqual([]);
    },
  );
});
