import clsx from 'clsx'
import { NavLink, useParams, useSearchParams } from 'react-router'
import { AppearancePage } from '../../features/appearance/appearance-page.tsx'
import { AboutPage } from '../../features/settings/about-page.tsx'
import { AccessPage } from '../../features/settings/access-page.tsx'
import { CredentialsPage } from '../../features/settings/credentials-page.tsx'
import { ScriptsPage } from '../../features/settings/scripts-page.tsx'
import { TemplatesPage } from '../../features/settings/templates-page.tsx'
import { WorkerSettingsPage } from '../../features/settings/worker-settings-page.tsx'
import { useIsVaultUsed, VaultSection } from '../../features/vault/vault-section.tsx'
import { strings } from '../../strings/index.ts'
import { Field, Select } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { useNavigation } from '../navigation.ts'
import { APPEARANCE_PATH, WORKER_PAGES, type WorkerPage, workerSettingsPath } from '../paths.ts'
import { useCurrentWorker } from '../switching/where.ts'
import { useWorkerList } from '../worker-list.ts'

const PAGES: Record<WorkerPage, { title: string; Page: (props: { worker: Worker }) => React.ReactNode }> = {
  about: { title: strings.workerAbout.title, Page: AboutOf },
  credentials: { title: strings.settings.credentials, Page: CredentialsOf },
  scripts: { title: strings.settings.scripts, Page: ScriptsPage },
  templates: { title: strings.settings.templates, Page: TemplatesPage },
  worker: { title: strings.workerSettings.title, Page: WorkerSettingsPage },
  access: { title: strings.access.title, Page: AccessPage },
}

/** Settings of this app, and of each worker: one page each, in a list of all. */
export function SettingsPage() {
  const { page } = useParams()
  const [search] = useSearchParams()
  const workers = useWorkerList()
  const current = useCurrentWorker()
  const named = search.get('worker') ?? current?.id
  const chosen = workers.find(({ worker }) => worker.id === named) ?? workers[0]
  const workerPage = WORKER_PAGES.find((name) => name === page)
  return (
    <div className="flex min-h-0 flex-1 max-wide:flex-col">
      <nav
        aria-label={strings.settings.pages}
        className="flex shrink-0 gap-x-4 overflow-auto border-line p-3 max-wide:border-b wide:w-52 wide:flex-col wide:gap-y-1 wide:border-r"
      >
        <Group title={strings.settings.thisApp}>
          <PageLink to={APPEARANCE_PATH} title={strings.settings.title} isCurrent={workerPage === undefined} />
        </Group>
        {chosen === undefined ? null : (
          <Group title={chosen.worker.label}>
            {WORKER_PAGES.map((name) => (
              <PageLink
                key={name}
                to={workerSettingsPath(name, chosen.worker.id)}
                title={PAGES[name].title}
                isCurrent={name === workerPage}
              />
            ))}
          </Group>
        )}
        {workers.length < 2 || chosen === undefined ? null : <WorkerChoice chosen={chosen.worker} page={workerPage} />}
      </nav>
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        {workerPage === undefined || chosen === undefined ? (
          <AppearancePage />
        ) : (
          <OfWorker key={chosen.worker.id} page={workerPage} worker={chosen.worker} />
        )}
      </div>
    </div>
  )
}

/** Whoever removes a worker goes on at the start. */
function AboutOf({ worker }: { worker: Worker }) {
  const { openHome } = useNavigation()
  return <AboutPage worker={worker} onRemoved={openHome} />
}

/** Of the app's own worker, the app itself says where secrets rest: it keeps them. */
function CredentialsOf({ worker }: { worker: Worker }) {
  const isKeptHere = useIsVaultUsed() && worker.embedded
  return <CredentialsPage worker={worker} keptBy={isKeptHere ? <VaultSection /> : undefined} />
}

function OfWorker({ page, worker }: { page: WorkerPage; worker: Worker }) {
  const { Page } = PAGES[page]
  return <Page worker={worker} />
}

/** Whose pages are listed: each worker has its own. */
function WorkerChoice({ chosen, page }: { chosen: Worker; page: WorkerPage | undefined }) {
  const workers = useWorkerList()
  const { openWorkerSettings } = useNavigation()
  return (
    <div className="min-w-36 shrink-0 px-2 wide:order-first wide:pb-3">
      <Field label={strings.workers.settingsOf}>
        {(ids) => (
          <Select
            {...ids}
            value={chosen.id}
            onChange={({ currentTarget: { value } }) => openWorkerSettings(page ?? 'about', value)}
          >
            {workers.map(({ worker }) => (
              <option key={worker.id} value={worker.id}>
                {worker.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  )
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1 wide:flex-col">
      <p className="truncate px-2 py-1.5 text-meta font-strong text-muted">{title}</p>
      <ul className="flex gap-1 wide:flex-col wide:pb-3">{children}</ul>
    </div>
  )
}

function PageLink({ to, title, isCurrent }: { to: string; title: string; isCurrent: boolean }) {
  return (
    <li>
      <NavLink
        to={to}
        aria-current={isCurrent ? 'page' : undefined}
        className={clsx(
          'flex h-8 items-center rounded-control border-l-2 px-3 focus-inset touch-target',
          isCurrent ? 'border-accent bg-selected' : 'border-transparent hover:bg-hover',
        )}
      >
        {title}
      </NavLink>
    </li>
  )
}
