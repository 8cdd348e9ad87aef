import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import type { Actor, Platform } from '#server/http/context.ts';
import { actorReach, runAs } from '#server/http/run.ts';
import { routes } from '#server/routes.ts';

/** The call of an endpoint as a person makes it, without the way over HTTP: permission, reach, schemas and trail are the same. */
export async function callAs<E extends Endpoint>(
  platform: Platform,
  actor: Actor,
  endpoint: E,
  input: InputOf<E>,
): Promise<OutputOf<E>> {
  const route = routes.find((one) => one.endpoint.name === endpoint.name);
  const reach = endpoint.permission === null ? null : actorReach(actor, endpoint.permission);
  if (!route || !('answer' in route) || !reach) throw new Error(`${actor.name} cannot call ${endpoint.name}`);
  // as: the endpoint's own schemas, and no call of the sample uploads a file
  const parsed = endpoint.input.parse(input) as never;
  return runAs(
    platform,
    { actor, reach, audit: endpoint.audit },
    async (context) => endpoint.output.parse(await route.answer(context, parsed, {} as never)) as never,
  );
}
