import { spawnSync } from 'node:child_process'
import process from 'node:process'

/**
 * Lets a terminal pass on every key and every byte as they are. Returns the way back to how it was. Node's own raw mode
 * leaves the output half of POSIX terminals on (libuv, `uv_tty_set_mode`): a line feed, with which full-screen programs
 * go down a line, would become a new line.
 */
export function enterRawMode(stdin: NodeJS.ReadStream): () => void {
  stdin.setRawMode(true)
  // Where there is no stty the screens of some programs are less tidy; all else works.
  if (process.platform !== 'win32') spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
  // Node goes back to what it found before, the output half with it.
  return () => void stdin.setRawMode(false)
}
