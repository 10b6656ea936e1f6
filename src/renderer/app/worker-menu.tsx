import { Info, KeyRound, Monitor, Plus, RotateCw } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { strings } from '../strings/index.ts'
import { MenuItem, MenuPanel, MenuSeparator } from '../ui/menu.tsx'
import { useRetryNow, useStanding, type Worker } from '../worker/workers.ts'
import { useNavigation } from './navigation.ts'

type WorkerMenuProps = {
  worker: Worker
  /** Takes the focus when the menu closes, unless something was chosen. */
  returnTo: RefObject<HTMLElement | null>
}

/** What can be done with a worker from its row. */
export function WorkerMenu({ worker, returnTo }: WorkerMenuProps) {
  const { openWorker, openCreate, openWorkerSettings } = useNavigation()
  const standing = useStanding(worker)
  const { status } = standing
  const retryNow = useRetryNow(worker)
  return (
    <MenuPanel
      align="end"
      onCloseAutoFocus={(event) => {
        event.preventDefault()
        returnTo.current?.focus()
      }}
    >
      {status === 'away' || status === 'unauthorized' || status === 'incompatible' ? (
        <Item label={strings.common.tryNow} icon={<RotateCw size={16} aria-hidden />} run={retryNow} />
      ) : null}
      {status === 'unauthorized' && standing.cause !== 'another_agent' ? (
        <Item
          label={strings.workers.pairAgain}
          icon={<KeyRound size={16} aria-hidden />}
          run={() => openWorker(worker.id)}
        />
      ) : null}
      <Item
        label={strings.workers.newHere}
        icon={<Plus size={16} aria-hidden />}
        run={status === 'live' ? () => openCreate(undefined, worker.id) : undefined}
      />
      <MenuSeparator />
      <Item label={strings.workers.open} icon={<Monitor size={16} aria-hidden />} run={() => openWorker(worker.id)} />
      <Item
        label={strings.workers.settings}
        icon={<Info size={16} aria-hidden />}
        run={() => openWorkerSettings('about', worker.id)}
      />
    </MenuPanel>
  )
}

function Item({ label, icon, run }: { label: string; icon: ReactNode; run: (() => void) | undefined }) {
  return (
    <MenuItem
      label={label}
      icon={icon}
      disabled={run === undefined}
      // After the menu has closed and given the focus back: a dialog remembers the row as its opener.
      onSelect={() => setTimeout(() => run?.())}
    />
  )
}
