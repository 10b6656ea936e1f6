import type { Program } from './program.ts'

const nothing = (): void => undefined

/** Stands for a program that ended before the terminal came to this holder. */
export const ENDED_PROGRAM: Program = {
  write: nothing,
  pause: nothing,
  resume: nothing,
  resize: nothing,
  signal: nothing,
  end: async () => ({ left: [] }),
  dispose: nothing,
}
