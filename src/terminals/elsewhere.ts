import type { FrameSocket } from '../contract/terminal/frame-socket.ts'

/** Terminals of this workspace that other processes hold. */
export interface Elsewhere {
  /**
   * A channel to whoever holds the terminal, or nothing where nobody does. `not known`: somebody may, who does not answer just
   * now, so that it must not be made here.
   */
  channelTo(terminal: string): FrameSocket | 'not known' | undefined
}
