import clsx from 'clsx'
import { strings } from '../../strings/index.ts'
import { SettingsCard } from './settings-card.tsx'

/** `text` is undefined as long as nobody knows it. */
export type Fact = { term: string; text: string | undefined; isCode?: boolean }

/** What is known of something, one thing a line. */
export function FactCard({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <SettingsCard title={title}>
      {facts.length === 0 ? (
        <p className="text-muted">{strings.workerAbout.unknown}</p>
      ) : (
        <dl className="grid grid-cols-1 gap-x-6 gap-y-1 narrow:grid-cols-[180px_1fr]">
          {facts.map(({ term, text, isCode = false }) => (
            <div key={term} className="contents">
              <dt className="text-muted">{term}</dt>
              <dd className={clsx('min-w-0 break-words select-text', isCode && 'font-mono break-all')}>
                {text ?? strings.workerAbout.unknown}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </SettingsCard>
  )
}
