import type { Core } from '../core.ts'
import type { Guarded } from './guarded.ts'

/** What the worker was told to do: what workspaces receive and are made from, scripts, settings. */
export function configProcedures({ config }: Guarded, core: Pick<Core, 'configuration' | 'templates'>) {
  const { configuration } = core
  const { credentials, logins, scripts, settings } = config
  return {
    credentials: {
      get: credentials.get.handler(() => configuration.credentials()),
      update: credentials.update.handler(({ input }) => configuration.updateCredentials(input)),
      reveal: credentials.reveal.handler(({ input }) => ({ value: configuration.revealCredential(input.name) })),
    },
    logins: {
      list: logins.list.handler(() => configuration.logins()),
      use: logins.use.handler(({ input }) => configuration.useLogin(input.kind)),
    },
    scripts: {
      get: scripts.get.handler(() => configuration.scripts()),
      update: scripts.update.handler(({ input }) => configuration.updateScripts(input)),
    },
    settings: {
      get: settings.get.handler(() => configuration.settings()),
      update: settings.update.handler(({ input }) => configuration.updateSettings(input)),
    },
    templates: { list: config.templates.list.handler(() => core.templates()) },
  }
}
