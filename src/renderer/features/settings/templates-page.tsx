import type { TemplateInfo } from '../../../contract/agent/templates.ts'
import { strings } from '../../strings/index.ts'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { useWorkspaces, type Worker } from '../../worker/workers.ts'
import { useTemplates } from './use-config.ts'
import { WorkerPage } from './worker-page.tsx'

/** What workspaces of a worker can be made from. */
export function TemplatesPage({ worker }: { worker: Worker }) {
  const query = useTemplates(worker)
  const { data: workspaces = [] } = useWorkspaces(worker)
  return (
    <WorkerPage
      worker={worker}
      title={strings.settings.templates}
      stored={strings.settings.templatesStored(worker.label)}
      query={query}
    >
      {(templates) => (
        <ul aria-label={strings.settings.templates} className="flex flex-col gap-3">
          {templates.map((template) => (
            <TemplateItem
              key={template.name}
              template={template}
              uses={workspaces.filter((workspace) => workspace.template === template.name).length}
            />
          ))}
        </ul>
      )}
    </WorkerPage>
  )
}

function TemplateItem({ template, uses }: { template: TemplateInfo; uses: number }) {
  const { name, description, origin, kind, image, problem } = template
  return (
    <li className="flex flex-col gap-1 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="text-section font-strong">{name}</h2>
        <p className="text-meta text-muted">{strings.settings.usedBy(uses)}</p>
      </div>
      <p className="break-words">{description}</p>
      <p className="break-words text-muted">
        {strings.settings.templateOrigin[origin]}
        {' · '}
        {kind === 'image' ? strings.settings.fromImage(image ?? '') : strings.settings.fromDockerfile}
      </p>
      {problem === undefined ? null : (
        <p className="flex items-start gap-1.5 text-warn">
          <span className="mt-0.5">
            <StatusIcon kind="waiting" label={null} />
          </span>
          {problem}
        </p>
      )}
    </li>
  )
}
