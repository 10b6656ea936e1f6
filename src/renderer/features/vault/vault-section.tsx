import { useState, useSyncExternalStore } from 'react'
import type { VaultStatus } from '../../../contract/desktop/vault.ts'
import { usePlatform } from '../../platform/context.ts'
import type { VaultView } from '../../platform/platform.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Where the secrets of this computer's worker rest, and what can be done where that is not the keychain. */
export function VaultSection() {
  const { vault } = usePlatform()
  return vault === undefined ? null : <Vault vault={vault} />
}

/** Whether the shell keeps the secrets of this computer's worker. */
export function useIsVaultUsed(): boolean {
  const { vault } = usePlatform()
  const status = useSyncExternalStore(vault?.subscribe ?? subscribeToNothing, () => vault?.status())
  return status !== undefined && status.place !== 'unused'
}

const subscribeToNothing = (): (() => void) => () => undefined

function Vault({ vault }: { vault: VaultView }) {
  const status = useSyncExternalStore(vault.subscribe, vault.status)
  if (status.place === 'unused') return null
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-section font-strong">{strings.vault.title}</h2>
      {status.place === 'keychain' ? (
        <p>{status.moved > 0 ? strings.vault.moved(status.moved) : strings.vault.keychain}</p>
      ) : (
        <WithoutKeychain vault={vault} status={status} />
      )}
    </section>
  )
}

function WithoutKeychain(props: { vault: VaultView; status: Extract<VaultStatus, { place: 'memory' | 'file' }> }) {
  const { vault, status } = props
  const [isBusy, setBusy] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const run = (work: () => Promise<void>): void => {
    if (isBusy) return
    setBusy(true)
    setFailed(false)
    work()
      .then(
        () => announce(sentenceOf(vault.status())),
        () => setFailed(true),
      )
      .finally(() => setBusy(false))
  }
  return (
    <Notice
      kind="waiting"
      title={strings.vault.troubles[status.trouble]}
      actions={
        <>
          <Button unavailable={isBusy} onClick={() => run(() => vault.retry())}>
            {strings.vault.retry}
          </Button>
          {status.place === 'memory' ? (
            <Button unavailable={isBusy} onClick={() => run(() => vault.allowFile())}>
              {strings.vault.allowFile}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{sentenceOf(status)}</p>
      <p className="text-muted">{strings.vault.fixes[status.trouble]}</p>
      {status.place === 'memory' ? <p className="text-muted">{strings.vault.allowFileHelp}</p> : null}
      {hasFailed ? <p role="alert">{strings.vault.failed}</p> : null}
    </Notice>
  )
}

function sentenceOf(status: VaultStatus): string {
  switch (status.place) {
    case 'unused':
      return ''
    case 'keychain':
      return status.moved > 0 ? strings.vault.moved(status.moved) : strings.vault.keychain
    case 'memory':
      return strings.vault.memory(status.waiting)
    case 'file':
      return strings.vault.file
  }
}
