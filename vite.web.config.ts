import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The web UI: the screens of `src/renderer`, built to `out/web` for the agent to serve at its root. */
export default defineConfig({
  root: 'src/renderer',
  base: '/',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: '../../out/web',
    emptyOutDir: true,
    target: 'chrome120',
    // Everything comes from files of the same origin: the content security policy allows no data: URL.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
})
