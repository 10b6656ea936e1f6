import { useState } from 'react'
import { pageStorage } from '../../platform/page-storage.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'

const SEEN_KEY = 'berth.leave-hint-seen'

/** Told once, with the first terminal: how the keyboard gets out of it. */
export function LeaveHint() {
  const [seen, setSeen] = useState(() => pageStorage.getItem(SEEN_KEY) !== null)
  if (seen) return null
  return (
    <div className="flex items-center gap-3 border-t border-line bg-surface px-4 py-1 text-meta text-muted">
      <p className="flex-1">{strings.terminals.leaveHint}</p>
      <Button
        size="small"
        variant="ghost"
        onClick={() => {
          pageStorage.setItem(SEEN_KEY, 'yes')
          setSeen(true)
        }}
      >
        {strings.terminals.gotIt}
      </Button>
    </div>
  )
}
