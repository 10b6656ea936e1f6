import { defineConfig, type InlineConfig } from 'tsdown'

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
  // Optional native parts of ws, which the runtime does without.
  define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
  logLevel: 'error',
} satisfies InlineConfig

/** The service inside a workspace, and its thread for screens: a file each, for the Node binary that travels with them. */
export default defineConfig([
  { ...program, entry: { runtime: 'src/runtime/main.ts' } },
  { ...program, entry: { screens: 'src/runtime/screens/screen-thread.ts' } },
])
