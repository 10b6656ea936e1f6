import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

/**
 * The screens have addresses below `/`, and a reload of one must find the files at the root. electron-vite writes relative
 * addresses into a production build, for pages that are loaded from a file; ours are served.
 */
const absoluteBase: Plugin = {
  name: 'berth:absolute-base',
  enforce: 'post',
  config: (config) => {
    config.base = '/'
  },
}

/**
 * The desktop app: `out/main` (the shell; the agent as a program of its own for a utility process; the thread that calls the keychain), `out/preload`
 * (CommonJS: a sandboxed preload cannot be an ES module) and `out/renderer`, served on `app://berth/`.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: 'src/main/main.ts',
          'agent-process': 'src/agent/embedded.ts',
          'keychain-thread': 'src/main/vault/keychain-thread.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // Nothing but `electron` can be required in a sandbox.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss(), absoluteBase],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      // Everything comes from files of the same origin: the content security policy allows no data: URL.
      assetsInlineLimit: 0,
      minify: true,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
