import { Copy } from 'lucide-react'
import { strings } from '../strings/index.ts'
import { IconButton } from './icon-button.tsx'

/** A command to copy. Its text can be selected too, where copying is not allowed. */
export function CodeCopy({ code, onCopy }: { code: string; onCopy: (text: string) => void }) {
  return (
    <div className="flex items-center gap-1 rounded-control border border-line bg-bg pl-2">
      <code className="min-w-0 flex-1 py-1.5 font-mono break-words whitespace-pre-wrap select-text">{code}</code>
      <IconButton
        label={strings.common.copyCommand}
        icon={<Copy size={14} aria-hidden />}
        onClick={() => onCopy(code)}
      />
    </div>
  )
}
