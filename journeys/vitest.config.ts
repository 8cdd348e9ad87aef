import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** The stories that take longest begin first, so that none runs alone at the end. `sample-district` makes its own district meanwhile. */
const first = [
  'sample-district',
  'correction-order',
  'week-report',
  'rights-of-each-role',
  'documents',
  'return-story',
  'emergency',
];
const placeOf = (file: string) => {
  const place = first.findIndex((name) => file.endsWith(`/${name}.journey.ts`));
  return place < 0 ? first.length : place;
};

class LongestFirst extends BaseSequencer {
  override async sort(...[files]: Parameters<BaseSequencer['sort']>): ReturnType<BaseSequencer['sort']> {
    return (await super.sort(files)).sort((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId));
  }
}

export default defineConfig({
  test: {
    globalSetup: ['journeys/prepared.ts'],
    include: ['journeys/**/*.journey.ts'],
    testTimeout: 240_000,
    hookTimeout: 180_000,
    // A journey waits for pages most of its time; each has its own server, folder and port.
    maxWorkers: 2,
    pool: 'forks',
    // The stories of a process share its modules and its browser (decision 0016).
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
