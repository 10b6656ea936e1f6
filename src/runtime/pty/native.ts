import { createRequire } from 'node:module'

/**
 * The native part of node-pty 1.1.0 (`src/unix/pty.cc`) as far as the runtime uses it. `fork` opens a PTY, starts
 * `file` in it as a session of its own, and reports the exit from a thread that waits for just that process.
 */
export interface PtyBinding {
  fork(
    file: string,
    args: string[],
    env: string[],
    cwd: string,
    cols: number,
    rows: number,
    uid: number,
    gid: number,
    utf8: boolean,
    helperPath: string,
    onExit: (code: number, signal: number) => void,
  ): { fd: number; pid: number; pty: string }
  resize(fd: number, cols: number, rows: number): void
}

/** Loads the binding from `path` (an absolute path of a `.node` file). */
export function loadPtyBinding(path: string): PtyBinding {
  return createRequire(path)(path) as PtyBinding
}
