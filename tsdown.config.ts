import { fileURLToPath } from 'node:url'
import { defineConfig } from 'tsdown'

const leftOut = fileURLToPath(new URL('scripts/build/left-out.ts', import.meta.url))

/** The command `ws`, with all packages in it. The agent is a file beside it, which other commands do not read. */
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
  alias: {
    'jsonc-parser': fileURLToPath(import.meta.resolve('jsonc-parser/lib/esm/main.js')),
    // dockerode's sessions of BuildKit alone use these, and they are a quarter of all that a start reads.
    '@grpc/grpc-js': leftOut,
    '@grpc/proto-loader': leftOut,
  },
  // Machine code that a package can do without is not for every machine that this runs on.
  deps: { alwaysBundle: [/^(?!.*\.node$)/], neverBundle: [/\.node$/] },
  // Half of what is to be read at each start is white space and comments; names stay, for traces.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  outputOptions: { chunkFileNames: '[name].js' },
})
