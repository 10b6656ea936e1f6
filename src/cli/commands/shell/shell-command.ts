import type { Command } from 'commander'
import { parseName, parseTerminalId } from '../../option-values.ts'
import type { CommandDeps } from '../command-deps.ts'
import { openShell } from './shell.ts'

const AFTER_HELP = `
On a terminal, Ctrl-] lets go and what runs goes on; it goes on too when the connection or the agent is lost, and the
command comes back to it by itself.
With a pipe or a file at either end, bytes go through exactly as they are, and output and errors stay apart. The program
then finds no terminal; the command ends when the program has ended and nothing holds its output open any more.
It ends with the exit code of what ran: 128 + n where signal n ended it.

  ws shell hello
  ws shell hello -- uname -a
  tar c . | ws shell hello -- tar x`

/** Declares the way into a workspace. */
export function addShellCommand(program: Command, { streams, withWorker, exitWith }: CommandDeps): void {
  program
    .command('shell')
    .usage('<name> [--attach <id>] [-- <program> …]')
    .description('open a shell in a workspace, or run a program in it')
    .argument('<name>', 'the workspace', parseName)
    .argument('[program...]', 'a program and its arguments, as they are: no shell reads them')
    .option('--attach <id>', 'show a terminal that runs already', parseTerminalId)
    .addHelpText('after', AFTER_HELP)
    .action(async (name: string, command: string[], options: { attach?: string }) => {
      exitWith(await withWorker((worker) => openShell(worker, { options: { name, command, ...options }, streams })))
    })
}
