import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Time and chance are parameters: only these places may ask the machine for them. */
const edges = [
  'server/main.ts',
  'server/platform.ts',
  'server/clock.ts',
  'server/testing/**',
  'web/app/clock.ts',
  'web/field/clock.ts',
  'scripts/**',
  'bench/**',
  'journeys/**',
  '**/*.test.ts',
  '**/*.test.tsx',
];

const timeAndChance = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The clock is a parameter (context.now).',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'The clock is a parameter (context.now).',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance is a parameter (context.newId).',
  },
  { selector: "Identifier[name='randomUUID']", message: 'Ids are a parameter (context.newId).' },
];

const housekeeping = [
  {
    selector: "JSXAttribute[name.name='autoSize']",
    message: 'antd measures by a style attribute, which the content policy refuses: give rows.',
  },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'TSEnumDeclaration', message: 'A union of words instead of an enum.' },
  { selector: "ClassDeclaration[id.name!='Failure']", message: 'Functions and plain data; the only class is Failure.' },
];

export default defineConfig(
  globalIgnores(['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report', '.data', 'data']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Names are cut by code point on purpose; input objects are built by key; generic answers need their parameter.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Numbers in messages and keys are meant; everything else in a template is still refused.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => release()` as an event handler is clearer than a block.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      // An async handler of a route or an event needs no await of its own.
      '@typescript-eslint/require-await': 'off',
      // React and Fastify take async functions where they declare void.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // zod's schema and type share a name, and exhaustive switches are checked here.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // process.env and parsed rows are read by name; TypeScript's own option decides where brackets are needed.
      '@typescript-eslint/dot-notation': 'off',
      'max-lines': ['error', { max: 420, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...housekeeping, ...timeAndChance],
    },
  },
  {
    files: edges.filter((place) => place !== 'scripts/**'),
    rules: { 'no-restricted-syntax': ['error', ...housekeeping] },
  },
  {
    // The tools that read these files ask for a default export.
    files: ['*.config.ts', '**/*.config.ts', 'server/testing/global-setup.ts', '**/global-setup.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.base],
    rules: { 'no-unused-vars': 'error', 'no-undef': 'off' },
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    // The router's parameters of another screen are untyped, antd gives option values as unknown, and React's error boundary is a class.
    rules: {
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
  { files: ['web/app/guarded.tsx', 'web/api/call.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
