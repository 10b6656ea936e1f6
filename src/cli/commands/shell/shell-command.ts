import process from 'node:process'
import type { Command } from 'commander'
import { parseName } from '../../option-values.ts'
import type { CommandDeps } from '../command-deps.ts'
import { DEFAULT_DETACH_KEYS, type DetachKeys, parseDetachKeys } from './detach-keys.ts'
import { openShell } from './shell.ts'

const AFTER_HELP = `
On a terminal, Enter ~ . lets go and what runs goes on; it goes on too when the connection or the agent is lost, and the
command comes back to it by itself. Other keys: --detach-keys or $WS_DETACH_KEYS, such as ctrl-p,ctrl-q, or none.
With a pipe or a file at either end, bytes go through exactly as they are, and output and errors stay apart. The program
then finds no terminal; the command ends when the program has ended and nothing holds its output open any more.
It ends with the exit code of what ran: 128 + n where signal n ended it.

  ws shell hello
  ws shell hello --attach
  ws shell hello -- uname -a
  tar c . | ws shell hello -- tar x`

interface Flags {
  attach?: string | true
  readOnly?: boolean
  detachKeys?: DetachKeys
}

/** Declares the way into a workspace. */
export function addShellCommand(program: Command, { streams, withWorker, exitWith }: CommandDeps): void {
  program
    .command('shell')
    .usage('<name> [--attach [terminal]] [-- <program> …]')
    .description('open a shell in a workspace, or run a program in it')
    .argument('<name>', 'the workspace', parseName)
    .argument('[program...]', 'a program and its arguments, as they are: no shell reads them')
    .option(
      '--attach [terminal]',
      'show a terminal that runs already, by its id or title; alone: the one there is, or a list',
    )
    .option('--read-only', 'with --attach: show it, and type nothing into it')
    .option('--detach-keys <keys>', `what lets go of the terminal (default: ${DEFAULT_DETACH_KEYS})`, parseDetachKeys)
    .addHelpText('after', AFTER_HELP)
    .action(async (name: string, command: string[], { detachKeys = environmentKeys(), ...flags }: Flags) => {
      const options = { name, command, detachKeys, ...flags }
      exitWith(await withWorker((worker) => openShell(worker, { options, streams })))
    })
}

function environmentKeys(): DetachKeys {
  const chosen = process.env['WS_DETACH_KEYS']
  return parseDetachKeys(chosen === undefined || chosen === '' ? DEFAULT_DETACH_KEYS : chosen)
}
