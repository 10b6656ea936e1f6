import { EventEmitter, on } from 'node:events'
import { implement, onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { MessagePortMain } from 'electron'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { AppInfo, DesktopSettings, ScreenReader } from '../../contract/desktop/index.ts'
import { AppCommand, desktopContract } from '../../contract/desktop/index.ts'
import type { VaultStatus } from '../../contract/desktop/vault.ts'
import type { AppRequests } from '../links/app-requests.ts'
import type { WorkerDirectory } from '../workers/worker-directory.ts'
import { callPort } from './call-port.ts'
import type { Feed } from './feed.ts'
import { NEVER } from './never.ts'
import { workerProcedures } from './worker-procedures.ts'

export interface DesktopDeps {
  info: AppInfo
  log: Logger
  workers: WorkerDirectory
  vault: ScreenVault
  settings: Feed<DesktopSettings>
  updateSettings: (patch: Partial<DesktopSettings>) => DesktopSettings
  screenReader: Feed<ScreenReader>
  commands: CommandChannel
  requests: AppRequests
  openExternal: (url: string) => Promise<void>
  showMenu: (point: { x: number; y: number }) => void
}

/** What of the vault concerns a screen: no secret comes near it. */
export interface ScreenVault {
  readonly status: Feed<VaultStatus>
  retry(): Promise<VaultStatus>
  allowFile(): Promise<VaultStatus>
}

/** `on` does not know the types of its emitter. */
const CommandEvent = z.tuple([AppCommand])

/** Carries what is chosen in the menu to the screens that listen. */
export class CommandChannel {
  readonly #emitter = new EventEmitter<{ command: [AppCommand] }>()

  send(command: AppCommand): void {
    this.#emitter.emit('command', command)
  }

  async *listen(signal: AbortSignal): AsyncGenerator<{ command: AppCommand }, void, void> {
    try {
      for await (const chosen of on(this.#emitter, 'command', { signal })) {
        const [command] = CommandEvent.parse(chosen)
        yield { command }
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}

/** Answers `desktopContract` on ports; one handler serves them all. */
export function createDesktopHandler(deps: DesktopDeps): (port: MessagePortMain) => void {
  const handler = new RPCHandler(desktopRouter(deps), {
    interceptors: [onError((error) => deps.log.error({ err: error }, 'a call of a screen failed'))],
  })
  return (port) => {
    handler.upgrade(callPort(port))
    port.start()
  }
}

function desktopRouter(deps: DesktopDeps) {
  const { info, workers, vault, settings, updateSettings, screenReader, commands, requests, openExternal, showMenu } =
    deps
  const os = implement(desktopContract)
  return os.router({
    workers: workerProcedures(workers),
    vault: {
      status: os.vault.status.handler(() => vault.status.value),
      watch: os.vault.watch.handler(({ signal }) => vault.status.watch(signal ?? NEVER)),
      retry: os.vault.retry.handler(() => vault.retry()),
      allowFile: os.vault.allowFile.handler(() => vault.allowFile()),
    },
    app: {
      info: os.app.info.handler(() => info),
      settings: {
        get: os.app.settings.get.handler(() => settings.value),
        update: os.app.settings.update.handler(({ input }) => updateSettings(withoutUndefined(input))),
      },
      openExternal: os.app.openExternal.handler(async ({ input }) => {
        await openExternal(new URL(input.url).href)
        return { success: true } as const
      }),
      screenReader: os.app.screenReader.handler(({ signal }) => screenReader.watch(signal ?? NEVER)),
      commands: os.app.commands.handler(({ signal }) => commands.listen(signal ?? NEVER)),
      requests: os.app.requests.handler(({ signal }) => requests.listen(signal ?? NEVER)),
      showMenu: os.app.showMenu.handler(({ input }) => {
        showMenu(input)
        return { success: true } as const
      }),
    },
  })
}

function withoutUndefined({ theme, contrast, terminalFontSize }: SettingsPatch): Partial<DesktopSettings> {
  return {
    ...(theme === undefined ? {} : { theme }),
    ...(contrast === undefined ? {} : { contrast }),
    ...(terminalFontSize === undefined ? {} : { terminalFontSize }),
  }
}

type SettingsPatch = { [Key in keyof DesktopSettings]?: DesktopSettings[Key] | undefined }
