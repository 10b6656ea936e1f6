import type { EngineState } from '../../../contract/agent/engine.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Above a workspace whose engine does not answer: the page goes on showing what is known. */
export function EngineStrip({ engine, onDetails }: { engine: EngineState; onDetails: () => void }) {
  if (engine.status === 'ready') return null
  return (
    <Notice
      strip
      kind={engine.status === 'starting' ? 'busy' : 'failed'}
      title={strings.engine.strip(strings.engine[engine.status].title)}
      actions={
        <Button size="small" onClick={onDetails}>
          {strings.common.details}
        </Button>
      }
    />
  )
}
