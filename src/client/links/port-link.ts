import { PortFrames, type PortLike } from '../frames/port-frames.ts'
import { rpcOverFrames } from '../rpc/rpc-over-frames.ts'
import type { WorkerLink } from '../worker-client.ts'

export interface PortLinkOptions {
  /** A new port that is joined to the worker's calls. */
  openWorker: () => PortLike
  /** A new port that is joined to the terminals of one workspace. */
  openTerminal: (workspace: string) => PortLike
  /** A new port that takes a file for one workspace. */
  openUpload: (workspace: string) => PortLike
}

/** Reaches a worker by MessagePorts that are handed over to it: in the desktop app. */
export function createPortLink({ openWorker, openTerminal, openUpload }: PortLinkOptions): WorkerLink {
  return {
    needsProbe: false,
    connect: async (signal) => {
      signal.throwIfAborted()
      return rpcOverFrames(new PortFrames(openWorker()))
    },
    openTerminal: async (workspace, signal) => {
      signal.throwIfAborted()
      return new PortFrames(openTerminal(workspace))
    },
    openUpload: async (workspace, signal) => {
      signal.throwIfAborted()
      return new PortFrames(openUpload(workspace))
    },
  }
}
