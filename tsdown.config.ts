import { fileURLToPath } from 'node:url'
import { defineConfig } from 'tsdown'

/** The command `ws`, which holds the agent too: one file, with all packages in it. */
export default defineConfig({
  entry: { ws: 'src/cli/main.ts' },
  outDir: 'out/cli',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  fixedExtension: false,
  dts: false,
  clean: true,
  // Packages of the older kind find their own files by `__dirname`.
  shims: true,
  // What a bundler would take requires its own files in a way that it does not see.
  alias: { 'jsonc-parser': fileURLToPath(import.meta.resolve('jsonc-parser/lib/esm/main.js')) },
  // Machine code that a package can do without is not for every machine that this runs on.
  deps: { alwaysBundle: [/^(?!.*\.node$)/], neverBundle: [/\.node$/] },
  outputOptions: { codeSplitting: false },
})
