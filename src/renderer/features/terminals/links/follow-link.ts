import { copyText } from '../../../platform/clipboard.ts'
import { strings } from '../../../strings/index.ts'
import { showToast } from '../../../ui/toast-store.ts'
import type { LinkTarget } from './link-target.ts'

/** Does what a link is for: a web address is opened, a path is copied, and what is neither is refused aloud. */
export function followLink(target: LinkTarget, openExternal: (url: string) => void): void {
  switch (target.kind) {
    case 'web':
      openExternal(target.url)
      break
    case 'file':
      void copyPath(target.path)
      break
    case 'refused':
      showToast({
        kind: 'waiting',
        title: strings.terminals.links.refused(target.target),
        body: strings.terminals.links.reason[target.reason],
      })
  }
}

async function copyPath(path: string): Promise<void> {
  if (await copyText(path)) showToast({ kind: 'running', title: strings.terminals.links.copied(path) })
  else showToast({ kind: 'failed', title: strings.common.copyFailed })
}
