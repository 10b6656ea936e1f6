import { EXIT, exitCodeOfSignal } from '../exit-codes.ts'

/**
 * Hears that nobody reads `stdout` any more. `code` settles with what a program ends with then: as if SIGPIPE had ended it, or
 * `EXIT.failed` where the output cannot be written for another reason. It stays open as long as there is a reader.
 */
export function whenUnread(stdout: NodeJS.WritableStream): { code: Promise<number>; stop(): void } {
  let stop: () => void = () => undefined
  const code = new Promise<number>((resolve) => {
    const unread = ({ code: reason }: NodeJS.ErrnoException): void =>
      resolve(reason === 'EPIPE' ? exitCodeOfSignal('SIGPIPE') : EXIT.failed)
    stdout.once('error', unread)
    stop = () => stdout.off('error', unread)
  })
  return { code, stop }
}
