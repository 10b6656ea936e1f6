/** Tells whoever holds the terminals what went wrong. What is told never holds a token or terminal content. */
export type Report = (level: 'warn' | 'error', message: string, details: ReportDetails) => void

export interface ReportDetails {
  /** Id of the terminal. */
  terminal?: string
  error?: unknown
  /** Pids that remain. */
  left?: readonly number[]
}
