import { Check, ChevronDown } from 'lucide-react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { MenuGroup, MenuItem, MenuPanel, MenuRoot, MenuTrigger } from '../../ui/menu.tsx'
import { setScope, useWorkersInScope } from '../switching/scope.ts'
import { useWorkerList } from '../worker-list.ts'

/** Whose workspaces the sidebar shows: of all workers, or of one. Where there is only one worker, a heading. */
export function ScopePicker() {
  const workers = useWorkerList()
  const shown = useWorkersInScope()
  const [first] = shown
  if (workers.length < 2) return <h2 className="pl-2 text-meta font-strong text-muted">{strings.shell.home}</h2>
  const only = shown.length < workers.length ? first?.worker : undefined
  return (
    <MenuRoot>
      <MenuTrigger asChild>
        <Button
          variant="ghost"
          size="small"
          className="min-w-0 shrink font-strong text-muted"
          title={strings.workers.scope}
        >
          <span className="truncate">{only?.label ?? strings.workers.allWorkers}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0" />
        </Button>
      </MenuTrigger>
      <MenuPanel align="start">
        <MenuGroup>
          <ScopeItem
            label={strings.workers.allWorkers}
            isChosen={only === undefined}
            onChoose={() => setScope(undefined)}
          />
          {workers.map(({ worker }) => (
            <ScopeItem
              key={worker.id}
              label={worker.label}
              isChosen={only?.id === worker.id}
              onChoose={() => setScope(worker.id)}
            />
          ))}
        </MenuGroup>
      </MenuPanel>
    </MenuRoot>
  )
}

function ScopeItem({ label, isChosen, onChoose }: { label: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <MenuItem
      label={label}
      icon={isChosen ? <Check size={16} aria-hidden /> : <span aria-hidden className="w-4" />}
      isChosen={isChosen}
      onSelect={onChoose}
    />
  )
}
