import { lstat, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { FolderUnsafe } from './store-errors.ts'

/**
 * Makes a folder that only its owner may enter, or makes sure that it is one: not a symbolic link, ours, 0700. Throws
 * `FolderUnsafe`.
 */
export async function ensurePrivateFolder(configDir: string): Promise<void> {
  // Without the slash at its end, by which a symbolic link would be followed.
  const folder = path.resolve(configDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  if (found.isSymbolicLink()) {
    throw new FolderUnsafe(`${folder} is a symbolic link.`, 'Name the folder itself with WS_CONFIG_DIR.')
  }
  if (!found.isDirectory()) {
    throw new FolderUnsafe(`${folder} is not a folder.`, 'Name a folder with WS_CONFIG_DIR.')
  }
  // Windows keeps a user's folders to the user by access lists, which modes do not tell.
  if (process.platform === 'win32') return
  if (found.uid !== process.geteuid?.()) {
    throw new FolderUnsafe(
      `${folder} belongs to another user.`,
      'Run the agent as the user who owns it, or name another folder with WS_CONFIG_DIR.',
    )
  }
  if ((found.mode & 0o077) !== 0) {
    const mode = (found.mode & 0o777).toString(8).padStart(4, '0')
    throw new FolderUnsafe(
      `Other users may look into ${folder} (mode ${mode}).`,
      `It holds secrets. Close it: chmod 700 '${folder}'`,
    )
  }
}
