import { commands } from './commands.ts'
import { logs } from './logs.ts'
import { settings } from './settings.ts'
import { common, shell, status } from './shell.ts'
import { stats } from './stats.ts'
import { terminals } from './terminals.ts'
import { vault } from './vault.ts'
import { connection, engine } from './worker.ts'
import { create, creation, deletion, workspace } from './workspaces.ts'

/** Every word on the screen, in one catalogue. What holds a value is a function: sentences are never glued together. */
export const strings = {
  commands,
  common,
  connection,
  create,
  creation,
  deletion,
  engine,
  logs,
  settings,
  shell,
  stats,
  status,
  terminals,
  vault,
  workspace,
}
