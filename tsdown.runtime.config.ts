import { defineConfig, type InlineConfig } from 'tsdown'

/**
 * What only clients of `ws` need: loading them is a quarter of the processor's time in a start of the runtime, which
 * takes connections and makes none.
 */
const UNUSED_OF_WS = new Set(['https', 'tls'])
const EMPTY = '\0unused-of-ws'

const program = {
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  outDir: '.cache/runtime/bundle',
  clean: false,
  dts: false,
  minify: true,
  sourcemap: false,
  deps: { alwaysBundle: [/.*/] },
  plugins: [
    {
      name: 'without-clients-of-ws',
      resolveId: (id, importer) => (UNUSED_OF_WS.has(id) && /[/]ws[/]lib[/]/.test(importer ?? '') ? EMPTY : undefined),
      load: (id) => (id === EMPTY ? 'module.exports = {}' : undefined),
    },
  ],
  // Optional native parts of ws, which the runtime does without.
  define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
  logLevel: 'error',
} satisfies InlineConfig

/** The service inside a workspace, and its thread for screens: a file each, for the Node binary that travels with them. */
export default defineConfig([
  { ...program, entry: { runtime: 'src/runtime/main.ts' } },
  { ...program, entry: { screens: 'src/runtime/screens/screen-thread.ts' } },
])
