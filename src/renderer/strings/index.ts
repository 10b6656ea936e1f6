import { access } from './access.ts'
import { addWorker } from './add-worker.ts'
import { commands } from './commands.ts'
import { life } from './life.ts'
import { logs } from './logs.ts'
import { settings } from './settings.ts'
import { common, shell, status } from './shell.ts'
import { stats } from './stats.ts'
import { terminals } from './terminals.ts'
import { vault } from './vault.ts'
import { connection, engine } from './worker.ts'
import { workerAbout } from './worker-about.ts'
import { workerSettings } from './worker-settings.ts'
import { workers } from './workers.ts'
import { create, creation, deletion, workspace } from './workspaces.ts'

/** Every word on the screen, in one catalogue. What holds a value is a function: sentences are never glued together. */
export const strings = {
  access,
  addWorker,
  commands,
  common,
  connection,
  create,
  creation,
  deletion,
  engine,
  life,
  logs,
  settings,
  shell,
  stats,
  status,
  terminals,
  vault,
  workerAbout,
  workerSettings,
  workers,
  workspace,
}
