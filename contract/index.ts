import * as comparison from './comparison.ts';
import type { Endpoint } from './endpoint.ts';
import * as enrolment from './enrolment.ts';
import * as households from './households.ts';
import * as imports from './imports.ts';
import * as organisations from './organisations.ts';
import * as population from './population.ts';
import * as security from './security.ts';
import * as statistics from './statistics.ts';
import * as tokens from './tokens.ts';

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'path' in value && 'permission' in value && 'input' in value;
}

/** Every call of the platform, in the order of the areas. */
export const endpoints: readonly Endpoint[] = [
  security,
  tokens,
  organisations,
  population,
  households,
  enrolment,
  imports,
  comparison,
  statistics,
].flatMap((area) => Object.values(area).filter(isEndpoint));
