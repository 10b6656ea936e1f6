import { ChevronDown, ChevronUp } from 'lucide-react'
import type { RefObject } from 'react'
import { strings } from '../../strings/index.ts'
import { TextInput } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

type FindBoxProps = {
  box: RefObject<HTMLInputElement | null>
  wanted: string
  onWanted: (text: string) => void
  /** Place of the one that is shown, from 1; 0 where there is none. */
  position: number
  count: number
  onStep: (by: 1 | -1) => void
}

/** Enter and F3 go on to the next line that was found, with Shift to the one before. */
export function FindBox({ box, wanted, onWanted, position, count, onStep }: FindBoxProps) {
  return (
    <search className="flex min-w-0 items-center gap-1">
      <div className="w-48 max-w-full">
        <TextInput
          ref={box}
          type="search"
          aria-label={strings.logs.find}
          placeholder={strings.logs.find}
          value={wanted}
          onChange={(event) => onWanted(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'F3') return
            event.preventDefault()
            onStep(event.shiftKey ? -1 : 1)
          }}
        />
      </div>
      <p role="status" className="min-w-16 px-1 text-meta text-muted">
        {wanted.trim() === '' ? '' : strings.logs.found(position, count)}
      </p>
      <IconButton label={strings.logs.previous} icon={<ChevronUp size={16} aria-hidden />} onClick={() => onStep(-1)} />
      <IconButton label={strings.logs.next} icon={<ChevronDown size={16} aria-hidden />} onClick={() => onStep(1)} />
    </search>
  )
}
