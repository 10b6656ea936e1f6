import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Written by tools or by git, never by hand. */
const generated = [
  'out/',
  'dist/',
  '.cache/',
  'coverage/',
  'test-results/',
  'playwright-report/',
  'artifacts/',
  'bench/results/',
]

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.test-d.ts', 'test/**', 'e2e/**', 'bench/**']

/** Parsers of foreign bytes and answers: the only files of `src` that may tell the compiler what a value is. */
const parsers = ['src/**/*-parser.ts', 'src/**/parse-*.ts', 'src/**/parse.ts', 'src/runtime/pty/native.ts']

/** @type {import('eslint').Linter.RulesRecord} */
const houseRules = {
  'max-lines': ['error', { max: 500 }],
  'max-lines-per-function': ['error', { max: 70 }],
  'max-params': 'off',
  '@typescript-eslint/max-params': ['error', { max: 3 }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
  ],
  // `_` says that a parameter is there for its position alone.
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  // A number in a message reads as one.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // `type` for unions and inferred shapes, `interface` for what is implemented: the writer's choice.
  '@typescript-eslint/consistent-type-definitions': 'off',
  // A method that fulfils an interface may have nothing to wait for.
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
  // Most of our objects are closures, whose functions may be taken out of them; fields of classes are `#private`, so that
  // a method taken out of one fails at its first call and not in silence.
  '@typescript-eslint/unbound-method': 'off',
  // The index signature's own access form is asked for by the compiler (noPropertyAccessFromIndexSignature).
  '@typescript-eslint/dot-notation': 'off',
  'no-restricted-syntax': [
    'error',
    { selector: 'TSEnumDeclaration', message: 'Write a union of literals, or a zod enum at an edge.' },
    { selector: 'ExportDefaultDeclaration', message: 'Name what you export, so that it has one name everywhere.' },
  ],
  eqeqeq: 'error',
  'no-console': 'error',
}

export default defineConfig(
  { ignores: generated },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: houseRules,
  },
  {
    files: ['src/**'],
    ignores: [...tests, ...parsers],
    rules: { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }] },
  },
  {
    files: ['src/renderer/**'],
    extends: [reactHooks.configs.flat.recommended],
    // It warns of what React's compiler would leave alone, and we do not run that compiler.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    files: tests,
    rules: {
      // A suite is one function that holds its cases; each case is a function of its own and is measured.
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Rows of a table are spread over parameters.
      '@typescript-eslint/max-params': 'off',
      // What changes while a test waits, the compiler takes for constant.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  // The linter does not see the casts that plain JavaScript writes in its comments.
  {
    files: ['scripts/**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // What people read on a terminal is written there.
  { files: ['scripts/**', 'bench/**', 'test/support/**'], rules: { 'no-console': 'off' } },
  // The tools ask for a default export.
  {
    files: ['*.config.{ts,js}', 'scripts/testing/*-counts.ts', 'e2e/support/global-*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // Plain scripts that no compiler project holds: configuration in CommonJS, and what the page loads before its bundle.
  { files: ['**/*.cjs', 'src/renderer/public/**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
)
