import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder: every script works on it, wherever it was called from. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../../', import.meta.url))

/** The pinned Node, which `npm ci` brings. */
export const PINNED_NODE = path.join(
  PROJECT_FOLDER,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** Says what set-up does now, and why it takes its time. @param {string} text */
export function say(text) {
  console.log(`• ${text}`)
}
