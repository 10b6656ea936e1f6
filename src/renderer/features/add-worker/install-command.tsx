import { strings } from '../../strings/index.ts'
import { CodeCopy } from '../../ui/code-copy.tsx'
import { copyAndSay } from '../../worker/copy-and-say.ts'

const INSTALL_COMMAND = 'ws agent install'

/** What makes another computer a worker. */
export function InstallCommand() {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-muted">{strings.addWorker.install}</p>
      <CodeCopy code={INSTALL_COMMAND} onCopy={(text) => void copyAndSay(text)} />
    </div>
  )
}
