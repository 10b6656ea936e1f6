/**
 * Who may import whom. The list is of what is allowed; anything else fails. Why: `ARCHITECTURE.md`.
 * Type imports count: a type from a folder that may not be imported is a dependency on it all the same.
 */

/** Rules for the tests, which stand beside the code and may use what tests need. */
const TEST = '\\.(test|test-d)\\.tsx?$'

/** @param {string} from @param {string[]} to */
const mayImport = (from, ...to) => ({ from: { path: from }, to: { path: to } })

/** npm packages as they lie in node_modules. @param {string[]} names */
const packages = (...names) => `^node_modules/(${names.join('|')})/`

const allowed = [
  mayImport('^src/contract/', '^src/contract/', packages('zod', '@orpc/contract')),
  mayImport('^src/domain/', '^src/(domain|contract)/', packages('zod')),
  mayImport('^src/client/', '^src/(client|contract)/', packages('zod', '@orpc/(client|contract)')),
  mayImport('^src/terminals/', '^src/(terminals|contract|domain)/'),
  mayImport('^src/tailnet/', '^src/(tailnet|contract|domain)/'),
  mayImport('^src/local-agent/', '^src/(local-agent|client)/'),
  mayImport('^src/agent/', '^src/(agent|local-agent|tailnet|terminals|client|contract|domain)/'),
  mayImport('^src/runtime/', '^src/(runtime|terminals|contract|domain)/'),
  mayImport('^src/cli/', '^src/(cli|local-agent|tailnet|client|contract|domain)/'),
  // `ws --agent` is the agent: the command's own composition starts it, and nothing else of the command knows it.
  mayImport('^src/cli/main\\.ts$', '^src/agent/headless\\.ts$'),
  mayImport('^src/main/', '^src/(main|tailnet|client|contract|domain)/'),
  mayImport('^src/preload/', '^src/preload/', '^src/contract/desktop/', packages('electron')),
  // The app puts features together; what they share knows none of them, and a feature sees itself and what all share.
  mayImport('^src/renderer/(app/|[^/]+$)', '^src/(renderer|client|contract|domain)/'),
  mayImport('^src/renderer/(?!features/)', '^src/renderer/(?!features/)', '^src/(client|contract|domain)/'),
  mayImport('^src/renderer/features/', '^src/renderer/(?!features/)', '^src/(client|contract|domain)/'),
  { from: { path: '^src/renderer/features/([^/]+)/' }, to: { path: '^src/renderer/features/$1/' } },
  // Programs use packages and what Node has; those that may not are in `forbidden`.
  {
    from: { path: '^src/(agent|local-agent|runtime|cli|main|renderer|tailnet)/' },
    to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'] },
  },
  // Tests: the test runner, what the code under test may import, and the support that all tests share.
  { from: { path: `^src/.*${TEST}` }, to: { dependencyTypes: ['npm', 'npm-dev', 'core'] } },
  mayImport(`^src/.*${TEST}`, '^test/support/'),
  mayImport('^(test|e2e|bench|scripts)/|^[^/]+\\.config\\.(ts|js)$', '.'),
]

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Two modules that need each other are one, or lack a third that both need.',
    from: {},
    to: { circular: true },
  },
  { name: 'no-unresolved', comment: 'The import leads nowhere.', from: {}, to: { couldNotResolve: true } },
  {
    name: 'electron-in-the-shell-only',
    comment: 'Electron is known to src/main and src/preload alone; hand in what you need from there.',
    from: { path: '^src/', pathNot: '^src/(main|preload)/' },
    to: { path: ['^electron$', '^node_modules/electron/'] },
  },
  {
    name: 'docker-in-the-engine-only',
    comment: 'Only src/agent/engine knows Docker; add a method to its port and use that.',
    from: { path: '^src/', pathNot: '^src/agent/engine/' },
    to: { path: packages('dockerode', '@types/dockerode') },
  },
  {
    name: 'no-node-in-neutral-code',
    comment: 'contract, domain, client and renderer run in browsers too; take what you need as a parameter.',
    from: { path: '^src/(contract|domain|client|renderer|preload)/', pathNot: TEST },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'tests-stay-out',
    comment: 'Code that ships does not import tests.',
    from: { path: '^src/', pathNot: TEST },
    to: { path: [TEST, '^(test|e2e|bench)/'] },
  },
].map((rule) => ({ severity: 'error', ...rule }))

module.exports = {
  allowed,
  allowedSeverity: 'error',
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.css', '.json'],
    },
  },
}
