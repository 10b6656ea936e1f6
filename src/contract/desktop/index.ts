import type { ContractRouterClient } from '@orpc/contract'
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { WorkspaceName } from '../names.ts'
import { AppCommand } from './command.ts'
import { AppRequest } from './pairing.ts'
import { VaultAnswer, VaultNews, VaultQuestion, VaultStatus } from './vault.ts'
import { workers } from './workers.ts'

export const DesktopSettings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  contrast: z.enum(['system', 'more']),
  /** Terminal font size in CSS pixels. */
  terminalFontSize: z.number().int().min(8).max(32),
})
export type DesktopSettings = z.infer<typeof DesktopSettings>

export const AppInfo = z.object({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
})
export type AppInfo = z.infer<typeof AppInfo>

export const ScreenReader = z.object({ isPresent: z.boolean() })
export type ScreenReader = z.infer<typeof ScreenReader>

/** What the screens of the desktop app ask of its main process. */
export const desktopContract = {
  workers,
  /** Where secrets rest. They are entered and revealed at the worker; none of them goes through here. */
  vault: {
    status: oc.output(VaultStatus),
    /** Where they rest now, and again each time it changes. */
    watch: oc.output(eventIterator(VaultStatus)),
    /** Looks whether the keychain is there now. */
    retry: oc.output(VaultStatus),
    /** The person's own yes to a file, until the keychain is there. Changes nothing where it is there already. */
    allowFile: oc.input(z.strictObject({ yes: z.literal(true) })).output(VaultStatus),
  },
  app: {
    info: oc.output(AppInfo),
    settings: {
      get: oc.output(DesktopSettings),
      update: oc.input(z.strictObject(DesktopSettings.partial().shape)).output(DesktopSettings),
    },
    /** http and https only; anything else is refused. */
    openExternal: oc
      .input(z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2048) }))
      .output(z.object({ success: z.literal(true) })),
    /** Whether a screen reader is at work, now and again each time it changes; known on macOS and Windows. */
    screenReader: oc.output(eventIterator(ScreenReader)),
    /** Commands that the application menu sends to the screen. */
    commands: oc.output(eventIterator(z.object({ command: AppCommand }))),
    /** What links from elsewhere ask for, as they come; one that came before anybody listened waits for the first who does. */
    requests: oc.output(eventIterator(AppRequest)),
    /** Opens the application menu at a point of the page, in CSS pixels: the menu button where no menu bar is shown. */
    showMenu: oc
      .input(z.strictObject({ x: z.number().int().nonnegative(), y: z.number().int().nonnegative() }))
      .output(z.object({ success: z.literal(true) })),
  },
}
export { APP_COMMANDS, AppCommand } from './command.ts'
export { PORT_MESSAGE, PortHandover, PortRequest } from './port.ts'

export type DesktopApi = ContractRouterClient<typeof desktopContract>

/** Id of the worker that is embedded in the app. */
export const EMBEDDED_WORKER_ID = 'local'

/**
 * What main posts to the agent's process, with the port in the transfer list; and what the agent's process posts back.
 * On a port of a terminal or of a file text messages are strings and bytes are `Uint8Array`; a closing side posts `PortClose` last.
 */
export const AgentPortRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('worker') }),
  z.strictObject({ kind: z.literal('terminal'), workspace: WorkspaceName }),
  z.strictObject({ kind: z.literal('upload'), workspace: WorkspaceName }),
  z.strictObject({ kind: z.literal('shutdown') }),
  VaultAnswer,
  VaultNews,
])
export type AgentPortRequest = z.infer<typeof AgentPortRequest>

export const AgentProcessMessage = z.discriminatedUnion('kind', [
  VaultQuestion,
  z.object({
    kind: z.literal('ready'),
    capabilities: z.array(z.string()),
    version: z.string(),
    agentId: z.string(),
    /** An agent runs on this folder already (a service, say): it is used, and none was started. */
    shared: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('failed'), code: z.string(), message: z.string(), hint: z.string().optional() }),
])
export type AgentProcessMessage = z.infer<typeof AgentProcessMessage>

/** Ports have no close codes of their own: the side that closes says why with this. */
export const PortClose = z.object({ type: z.literal('port-close'), code: z.number().int(), reason: z.string() })
export type PortClose = z.infer<typeof PortClose>
