import { Tabs } from 'radix-ui'
import { useId, useRef, useState } from 'react'
import type { WorkerSummary } from '../../../contract/desktop/worker.ts'
import type { WorkerRegistry } from '../../platform/platform.ts'
import { strings } from '../../strings/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AddActions, LookActions } from './add-worker-actions.tsx'
import { AddressForm } from './address-form.tsx'
import { TailnetTab } from './tailnet-tab.tsx'
import { useAddWorker } from './use-add-worker.ts'
import { useSuggestions } from './use-suggestions.ts'

const words = strings.addWorker

const WAYS = ['tailnet', 'address', 'code'] as const
type Way = (typeof WAYS)[number]
const isWay = (text: string): text is Way => WAYS.some((way) => way === text)

type AddWorkerDialogProps = {
  registry: WorkerRegistry
  /** What a link asks for: it fills the form, and a person does the rest. */
  request: { host: string; code?: string | undefined } | undefined
  onAdded: (worker: WorkerSummary) => void
  onOpen: (worker: string) => void
  onClose: () => void
}

/** Three ways to a worker: chosen in the tailnet, found at an address, or by the code that it shows. */
export function AddWorkerDialog({ registry, request, onAdded, onOpen, onClose }: AddWorkerDialogProps) {
  const [way, setWay] = useState<Way>(request === undefined ? 'tailnet' : 'code')
  const form = useAddWorker({
    registry,
    initial: request === undefined ? {} : { host: request.host, code: request.code ?? '' },
    onAdded,
  })
  const { host, code } = form.state
  const suggestions = useSuggestions(registry, way === 'tailnet')
  const formId = useId()
  const submitButton = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title={words.title}
      description={words.intro}
      onClose={onClose}
      lightDismiss={host === '' && code === ''}
      footer={
        way === 'tailnet' ? (
          <LookActions suggestions={suggestions} />
        ) : (
          <AddActions formId={formId} form={form} isDirect={way === 'code'} submitButton={submitButton} />
        )
      }
    >
      {request === undefined ? null : (
        <Notice kind="waiting" title={words.fromLink} className="mb-3">
          <p>{words.fromLinkBody}</p>
        </Notice>
      )}
      <Tabs.Root
        value={way}
        onValueChange={(value) => (isWay(value) ? setWay(value) : undefined)}
        activationMode="manual"
        className="flex flex-col gap-4 pb-2"
      >
        <Tabs.List aria-label={words.ways} className="flex h-9 gap-1 border-b border-line">
          {WAYS.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="border-b-2 border-transparent px-3 text-muted select-none focus-inset hover:text-fg data-[state=active]:border-accent data-[state=active]:text-fg touch-target"
            >
              {words[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="tailnet" tabIndex={-1}>
          <TailnetTab
            suggestions={suggestions}
            onOpen={onOpen}
            onConnect={(computer) => {
              setWay('address')
              form.choose(computer)
            }}
          />
        </Tabs.Content>
        <Tabs.Content value="address" tabIndex={-1}>
          <AddressForm id={formId} form={form} isDirect={false} submitButton={submitButton} />
        </Tabs.Content>
        <Tabs.Content value="code" tabIndex={-1}>
          <AddressForm id={formId} form={form} isDirect submitButton={submitButton} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  )
}
