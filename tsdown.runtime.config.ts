import { defineConfig } from 'tsdown'

/** The service inside a workspace, as one file for the Node binary that travels with it. */
export default defineConfig({
  entry: { runtime: 'src/runtime/main.ts' },
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  outDir: '.cache/runtime/bundle',
  clean: true,
  dts: false,
  minify: true,
  sourcemap: false,
  deps: { alwaysBundle: [/.*/] },
  // Optional native parts of ws, which the runtime does without.
  define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
  logLevel: 'error',
})
