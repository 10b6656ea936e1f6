import type { Command } from 'commander'
import { agentFolder } from '../../connection/agent-socket.ts'
import { parseName } from '../../option-values.ts'
import { type CommandDeps, JSON_OPTION } from '../command-deps.ts'
import { sshFilesIn } from './host-settings.ts'
import { openSsh } from './open-ssh.ts'
import { sshConfig } from './print-config.ts'
import { reach } from './reach.ts'

const AFTER_SSH = `
It is this computer's own ssh, with a key that is made for it and let in by itself; the host's key is known from the agent.
As with any ssh, a shell in the workspace reads the command. For a terminal that outlives the connection: ws shell.

  ws ssh hello
  ws ssh hello -- 'cd workspace && make'`

const AFTER_CONFIG = `
Without --install it prints the lines; with it, they go into a file of Berth's that ~/.ssh/config is made to include. Then
"ssh <name>.berth", scp, rsync and editors find the workspace.

  ws ssh-config hello >> ~/.ssh/config
  ws ssh-config --install`

/** Declares the ways into workspaces by SSH. */
export function addSshCommands(program: Command, { streams, withWorker, exitWith }: CommandDeps): void {
  const files = () => sshFilesIn(agentFolder())
  program
    .command('ssh')
    .usage('<name> [-- <command> …]')
    .description('open a workspace by SSH, or run a command in it')
    .argument('<name>', 'the workspace', parseName)
    .argument('[command...]', 'a command, as ssh takes it')
    .addHelpText('after', AFTER_SSH)
    .action(async (name: string, command: string[]) => {
      exitWith(await openSsh(await withWorker((worker) => reach(worker, name, files())), command))
    })
  program
    .command('ssh-config')
    .description('print, or install, what ssh and editors need to reach workspaces')
    .argument('[names...]', 'the workspaces; all that run where none is named')
    .option('--install', 'have ~/.ssh/config include it', false)
    .option(...JSON_OPTION)
    .addHelpText('after', AFTER_CONFIG)
    .action((names: string[], { install, json }: { install: boolean; json: boolean }) =>
      withWorker((worker) =>
        sshConfig(worker, { names: names.map(parseName), install, json, files: files(), streams }),
      ),
    )
}
