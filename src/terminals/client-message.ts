import { ClientMessage } from '../contract/terminal/messages.ts'

/** What a text message says, or why it says nothing. */
export function parseClientMessage(text: string): { message: ClientMessage } | { problem: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'A text message is not JSON.' }
  }
  const parsed = ClientMessage.safeParse(value)
  if (parsed.success) return { message: parsed.data }
  const paths = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || 'type')
  return { problem: `A text message is not valid at: ${paths.join(', ')}.`.slice(0, 300) }
}
