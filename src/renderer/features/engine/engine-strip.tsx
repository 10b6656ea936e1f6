import type { EngineState } from '../../../contract/agent/engine.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Worker } from '../../worker/workers.ts'

type EngineStripProps = { worker: Worker; engine: EngineState; onDetails: () => void }

/** Above a workspace whose engine does not answer: the page goes on showing what is known. */
export function EngineStrip({ worker, engine, onDetails }: EngineStripProps) {
  if (engine.status === 'ready') return null
  return (
    <Notice
      strip
      kind={engine.status === 'starting' ? 'busy' : 'failed'}
      title={strings.engine.strip(strings.engine[engine.status].title(worker.label))}
      actions={
        <Button size="small" onClick={onDetails}>
          {strings.common.details}
        </Button>
      }
    />
  )
}
