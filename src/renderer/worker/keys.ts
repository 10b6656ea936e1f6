/** The places of the query cache. All that belongs to one worker begins alike. */
export const workspacesKey = (worker: string) => ['worker', worker, 'workspaces'] as const
export const infoKey = (worker: string) => ['worker', worker, 'info'] as const
export const terminalsKey = (worker: string, workspace: string) => ['worker', worker, 'terminals', workspace] as const
/** What a stopped workspace has of them: it goes stale with what it had. */
export const lastTerminalsKey = (worker: string, workspace: string) =>
  ['worker', worker, 'terminals', workspace, 'last'] as const
export const terminalsOfWorkerKey = (worker: string) => ['worker', worker, 'terminals'] as const
export const credentialsKey = (worker: string) => ['worker', worker, 'credentials'] as const
/** What was found there changes with what is given: they go stale together. */
export const loginsKey = (worker: string) => ['worker', worker, 'credentials', 'logins'] as const
export const scriptsKey = (worker: string) => ['worker', worker, 'scripts'] as const
export const settingsKey = (worker: string) => ['worker', worker, 'settings'] as const
export const clientsKey = (worker: string) => ['worker', worker, 'clients'] as const
/** Not told anew by events: whoever looks at it reads it. */
export const auditKey = (worker: string) => ['worker', worker, 'audit'] as const
export const templatesKey = (worker: string) => ['worker', worker, 'templates'] as const
export const environmentsOfWorkerKey = (worker: string) => ['worker', worker, 'environment'] as const
export const environmentKey = (worker: string, workspace: string) =>
  ['worker', worker, 'environment', workspace] as const
export const reportKey = (worker: string, workspace: string) =>
  ['worker', worker, 'deletion-report', workspace] as const
/** The computers of the tailnet: of this computer, not of a worker. */
export const suggestionsKey = ['worker-suggestions'] as const
