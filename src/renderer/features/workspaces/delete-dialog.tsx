import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { DeletionReport } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { type CallFailure, failureOf } from '../../worker/failure.ts'
import { reportKey } from '../../worker/keys.ts'
import type { Worker } from '../../worker/workers.ts'
import { CallFailureNotice } from './call-failure-notice.tsx'
import { DeletionFindings } from './deletion-findings.tsx'
import { StartAndCheck } from './start-and-check.tsx'

type DeleteDialogProps = { worker: Worker; name: string; onClose: () => void }

/**
 * Deletion is final, so: the worker first says what would be lost, the focus begins on keeping, Enter alone deletes
 * nothing, and where something would be lost the name has to be typed.
 */
export function DeleteDialog({ worker, name, onClose }: DeleteDialogProps) {
  const report = useDeletionReport(worker, name)
  const [typed, setTyped] = useState('')
  const { deleting, failure, remove } = useDeletion({ worker, name, onDone: onClose, onRefused: report.refetch })
  const keep = useRef<HTMLButtonElement>(null)

  const clean = report.data?.clean === true
  const known = report.isSuccess && !report.isFetching
  const mayDelete = known && !deleting && (clean || typed === name)
  return (
    <Dialog
      title={strings.deletion.title(name, worker.label)}
      description={strings.deletion.final}
      onClose={onClose}
      focusFirst={keep}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {/* Once it is asked for, leaving the dialog keeps nothing. */}
            {deleting ? strings.common.close : strings.deletion.keep}
          </Button>
          <Button variant="danger" unavailable={!mayDelete} aria-busy={deleting} onClick={() => void remove(!clean)}>
            {deleting ? strings.deletion.deleting : clean ? strings.deletion.delete : strings.deletion.deleteAnyway}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <DeletionFindings report={known ? report.data : undefined} />
        {known && isUnchecked(report.data) ? (
          <StartAndCheck worker={worker} name={name} onStarted={report.refetch} />
        ) : null}
        {known && !clean ? (
          <Field label={strings.deletion.typeName(name)}>
            {(ids) => <TextInput {...ids} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />}
          </Field>
        ) : null}
        <CallFailureNotice title={strings.deletion.failed(name)} failure={failure} />
      </div>
    </Dialog>
  )
}

/** Nothing is known of what would be lost. */
function isUnchecked({ clean, reasons }: DeletionReport): boolean {
  return !clean && reasons.every(({ kind }) => kind === 'unknown')
}

/** A fresh report each time the dialog opens. A check that fails counts as work that would be lost. */
function useDeletionReport(worker: Worker, name: string) {
  return useQuery<DeletionReport>({
    queryKey: reportKey(worker.id, name),
    queryFn: async ({ signal }) => {
      try {
        return await worker.client.api.workspaces.deletionReport({ name }, { signal })
      } catch (error) {
        const message = failureOf(error).message.slice(0, 300)
        return { clean: false, checkedAt: new Date().toISOString(), reasons: [{ kind: 'unknown', message }] }
      }
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

type DeletionDeps = { worker: Worker; name: string; onDone: () => void; onRefused: () => unknown }

function useDeletion({ worker, name, onDone, onRefused }: DeletionDeps) {
  const [state, setState] = useState<{ deleting: boolean; failure: CallFailure | undefined }>({
    deleting: false,
    failure: undefined,
  })
  const remove = async (force: boolean): Promise<void> => {
    setState({ deleting: true, failure: undefined })
    try {
      await worker.client.api.workspaces.delete({ name, force })
      showToast({ kind: 'stopped', title: strings.deletion.done(name) })
      onDone()
    } catch (error) {
      const failure = failureOf(error)
      setState({ deleting: false, failure })
      // Work appeared since the report was made: the person must see it before asking again.
      if (failure.code === 'PRECONDITION_FAILED') onRefused()
    }
  }
  return { ...state, remove }
}
