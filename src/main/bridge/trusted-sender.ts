/** What is known of the frame that sent an IPC message; Electron's `WebFrameMain` has it. */
export interface SenderFrame {
  /** As RFC 6454 serialises it; `null` as text for sandboxed frames and `data:` pages. */
  readonly origin: string
  readonly parent: SenderFrame | null
}

/**
 * Whether a message comes from the main frame of a page of ours. A frame that navigated or was destroyed in between is
 * `null`; a frame in a frame, or one of another origin, is not listened to whatever it says.
 */
export function isTrustedSender(frame: SenderFrame | null | undefined, appOrigin: string): boolean {
  return frame?.parent === null && frame.origin === appOrigin
}
