/** A program on a TTY in a container, reached one way or another: the same for what is measured and for its peer. */
export interface Shell {
  write(text: string): void
  /** Takes everything that it prints, from its first byte on. One listener at a time; a new one replaces the last. */
  listen(listener: (bytes: Uint8Array) => void): void
  /** Ends the program. */
  close(): Promise<void>
}

/** A way to run a program on a TTY in one container. Resolves when output can come, not when it has. */
export type OpenShell = (command: readonly string[]) => Promise<Shell>

/** Resolves when what the shell prints has `marker` in it. */
export function untilPrinted(shell: Shell, marker: string): Promise<void> {
  const decoder = new TextDecoder()
  let seen = ''
  return new Promise((resolve) => {
    shell.listen((bytes) => {
      seen = (seen + decoder.decode(bytes, { stream: true })).slice(-4096)
      if (seen.includes(marker)) resolve()
    })
  })
}

/** Resolves when the shell has printed `count` bytes from now on. */
export function untilBytes(shell: Shell, count: number): Promise<void> {
  let left = count
  return new Promise((resolve) => {
    shell.listen((bytes) => {
      left -= bytes.length
      if (left <= 0) resolve()
    })
  })
}
