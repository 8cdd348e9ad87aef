/** What may import what: docs/architecture.md, section 3. */

const floors = [
  ['security', 'organisations'],
  ['imports', 'papers'],
  ['enrolment'],
  ['population'],
  ['comparison'],
  ['attendance', 'risk', 'dropout', 'visits', 'letters', 'notices', 'support'],
  ['measures', 'inspections'],
  ['duties'],
  ['appraisal', 'statistics'],
  ['books'],
  ['interchange'],
];
const base = 'server/(?:http|database|jobs|files|documents|spreadsheets|crypto)';
const ofTests = '(?:\\.test|^server/areas/[^/]+/testing)\\.ts$';
const any = (areas) => `(?:${areas.join('|')})`;

/** An area may call the actions of a lower floor; on its own floor only dropout may, and only its three. */
const upward = floors.map((floor, level) => ({
  name: `areas-call-down-${level + 1}`,
  comment: 'Areas call downward only; news travels up through server/listeners.ts.',
  severity: 'error',
  from: { path: `^server/areas/(${any(floor)})/` },
  to: {
    path: `^server/areas/${any(floors.slice(level).flat())}/`,
    pathNot: [
      '^server/areas/$1/',
      ...(floor.includes('dropout') ? ['^server/areas/(?:visits|letters|notices)/actions\\.ts$'] : []),
    ],
  },
}));

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'basics-are-pure',
      severity: 'error',
      from: { path: '^domain/basics/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(?:domain/basics/|node_modules/zod/)' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^domain/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(?:domain/|node_modules/zod/)' },
    },
    {
      name: 'domain-areas-share-records',
      comment: 'Of another area only record.ts, and the course of a pupil that figures read.',
      severity: 'error',
      from: { path: '^domain/(?!basics/)([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^domain/(?!basics/)', pathNot: ['^domain/$1/', '/record\\.ts$', '^domain/enrolment/course\\.ts$'] },
    },
    {
      name: 'contract-knows-the-domain',
      severity: 'error',
      from: { path: '^contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(?:domain/|contract/|node_modules/zod/)' },
    },
    {
      name: 'server-base-below-areas',
      severity: 'error',
      from: { path: `^${base}/`, pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(?:areas|sample|cli|testing)/|^domain/(?!basics/)' },
    },
    {
      name: 'server-not-web',
      comment: 'A test may seal as the phone does.',
      severity: 'error',
      from: { path: '^server/', pathNot: '\\.test\\.ts$' },
      to: { path: '^web/' },
    },
    {
      name: 'areas-through-actions',
      comment: 'Of another area only actions.ts; what prepares the tests of an area (testing.ts) counts as a test.',
      severity: 'error',
      from: { path: '^server/areas/([^/]+)/', pathNot: ofTests },
      to: { path: '^server/areas/', pathNot: ['^server/areas/$1/', '/actions\\.ts$'] },
    },
    ...upward.map((rule) => ({ ...rule, from: { ...rule.from, pathNot: ofTests } })),
    { name: 'web-not-server', severity: 'error', from: { path: '^web/' }, to: { path: '^server/' } },
    {
      name: 'web-ui-knows-no-data',
      severity: 'error',
      from: { path: '^web/ui/' },
      to: { path: '^(?:contract|web/(?!ui/))|^domain/(?!basics/)' },
    },
    {
      name: 'web-parts-below-areas',
      severity: 'error',
      from: { path: '^web/parts/' },
      to: { path: '^web/(?:areas|field)/' },
    },
    {
      name: 'web-api-below-parts',
      severity: 'error',
      from: { path: '^web/api/' },
      to: { path: '^web/(?:areas|field|parts|ui|app)/' },
    },
    {
      name: 'web-areas-apart',
      severity: 'error',
      from: { path: '^web/areas/([^/]+)/' },
      to: { path: '^web/(?:areas|field)/', pathNot: '^web/areas/$1/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: ['\\.test\\.tsx?$', ofTests, '^server/testing/'] },
      to: { path: ['\\.test\\.tsx?$', '^server/areas/[^/]+/testing\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
