import { copyText } from '../platform/clipboard.ts'
import { strings } from '../strings/index.ts'
import { showToast } from '../ui/toast-store.ts'

/** Copies text, and says whether that was allowed. */
export async function copyAndSay(text: string): Promise<void> {
  const copied = await copyText(text)
  showToast({
    kind: copied ? 'running' : 'failed',
    title: copied ? strings.common.copied : strings.common.copyFailed,
  })
}
