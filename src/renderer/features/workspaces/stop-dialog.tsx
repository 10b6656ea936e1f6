import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { Worker } from '../../worker/workers.ts'
import { runAction } from './actions.ts'

type StopDialogProps = { worker: Worker; name: string; onClose: () => void }

/** Stopping a temporary workspace deletes it: that is said first, and Enter alone stops nothing. */
export function StopDialog({ worker, name, onClose }: StopDialogProps) {
  const queries = useQueryClient()
  const keep = useRef<HTMLButtonElement>(null)
  const stop = (): void => {
    onClose()
    void runAction({ worker, queries }, 'stop', name)
  }
  return (
    <Dialog
      title={strings.life.stopTitle(name, worker.label)}
      description={strings.life.stopBody(name)}
      onClose={onClose}
      focusFirst={keep}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {strings.life.keepRunning}
          </Button>
          <Button variant="danger" onClick={stop}>
            {strings.life.stopAndDelete}
          </Button>
        </>
      }
    >
      <p>{strings.life.stopKept}</p>
    </Dialog>
  )
}
