import { arch } from 'node:process'

/** One program that is built: from what, by what, into what. */
export interface BuildPart {
  name: string
  /** What a person reads while it is built. */
  title: string
  /** Files and folders that it is made of, beside its tool's version. */
  inputs: readonly string[]
  /** Files that are there when it is built. */
  outputs: readonly string[]
  /** A script of the project, and its arguments. */
  tool: string
  args: readonly string[]
}

/** What all parts share; the lock file stands for the tools' and packages' versions. */
const SHARED = ['src/contract', 'src/domain', 'package-lock.json', 'tsconfig.base.json']

/** In the order in which a failure shows soonest. */
export const BUILD_PARTS: readonly BuildPart[] = [
  {
    name: 'runtime',
    title: 'the service that runs inside workspaces',
    inputs: [
      ...SHARED,
      ...['src/runtime', 'src/terminals', 'tsdown.runtime.config.ts', 'package.json'],
      ...['scripts/build-runtime.mjs', 'scripts/runtime-assets.mjs', 'scripts/runtime-assets.json'],
    ],
    // The machine's own: engines on this computer run Linux of the same kind.
    outputs: [`out/runtime/linux-${arch === 'arm64' ? 'arm64' : 'x64'}/manifest.json`],
    tool: 'scripts/build-runtime.mjs',
    args: [],
  },
  {
    name: 'cli',
    title: 'the agent and the command line',
    inputs: [...SHARED, 'src/client', 'src/terminals', 'src/agent', 'src/cli', 'tsdown.config.ts', 'package.json'],
    outputs: ['out/cli/ws.js'],
    tool: 'node_modules/tsdown/dist/run.mjs',
    args: ['--logLevel', 'warn'],
  },
  {
    name: 'web',
    title: 'the screens for the browser',
    inputs: [...SHARED, 'src/client', 'src/renderer', 'vite.web.config.ts'],
    outputs: ['out/web/index.html'],
    tool: 'node_modules/vite/bin/vite.js',
    args: ['build', '--config', 'vite.web.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'desktop',
    title: 'the desktop app',
    inputs: [
      ...SHARED,
      ...['src/client', 'src/terminals', 'src/agent', 'src/main', 'src/preload', 'src/renderer'],
      ...['electron.vite.config.ts', 'package.json'],
    ],
    outputs: ['out/main/index.js', 'out/renderer/index.html'],
    tool: 'node_modules/electron-vite/bin/electron-vite.js',
    args: ['build', '--logLevel', 'warn'],
  },
]
