import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')
export const RESOURCES_DIR = path.join(ROOT, 'resources')
export const RUNTIME_DIR = path.join(ROOT, 'out/runtime')
