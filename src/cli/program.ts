import { Command, type CommanderError } from 'commander'
import { type CliFailure, usageFailure } from './cli-failure.ts'
import { addAgentCommands } from './commands/agent/agent-commands.ts'
import type { CommandDeps } from './commands/command-deps.ts'
import { addConfigCommands } from './commands/config/config-commands.ts'
import { addShellCommand } from './commands/shell/shell-command.ts'
import { addSshCommands } from './commands/ssh/ssh-commands.ts'
import { addTemplatesCommand } from './commands/templates.ts'
import { addWorkspaceCommands } from './commands/workspaces/workspace-commands.ts'
import { parsePort } from './option-values.ts'

/** What `ws --agent` was asked for. */
export interface AgentFlags {
  port?: number
  host?: string
  /** False: `--no-auth`. */
  auth: boolean
  insecure?: boolean
  tlsCert?: string
  tlsKey?: string
}

export interface ProgramDeps extends CommandDeps {
  version: string
  /** Runs the agent itself; resolves with the exit code. */
  runAgent(flags: AgentFlags): Promise<number>
}

const AFTER_HELP = `
Without --agent, ws asks the agent that runs on this computer; there is nothing to sign in to.
Exit codes: 0 done, 1 failed, 2 wrong usage, 128 + n ended by signal n. \`ws shell\` ends with that of what ran.`

/** The command `ws`. Rejects with `CliFailure`, or with commander's `CommanderError` where help was asked for. */
export function createProgram(deps: ProgramDeps): Command {
  const { version, streams, runAgent, exitWith } = deps
  const program = new Command('ws')
    .description('Workspaces: a computer of its own for every piece of work.')
    .version(version)
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      // What is wrong is thrown, and told once for all commands.
      outputError: () => undefined,
    })
    .addHelpText('after', AFTER_HELP)
    .option('--agent', 'run the agent that holds the workspaces of this computer')
    .option('--port <port>', 'with --agent: the port to listen on (default: 7391)', parsePort)
    .option('--host <address>', 'with --agent: the one address to listen on (default: this computer, and its tailnet)')
    .option('--no-auth', 'with --agent: ask for no tokens; only on addresses of this computer')
    .option('--insecure', 'with --agent: allow addresses where tokens travel in plain text')
    .option('--tls-cert <file>', 'with --agent: speak HTTPS with this certificate (PEM); read again when it changes')
    .option('--tls-key <file>', 'with --agent: the key of the certificate (PEM)')
    .action(async (flags: AgentFlags & { agent?: boolean }) => {
      const [unknown] = program.args
      if (unknown !== undefined) throw unknownCommand(program, unknown)
      if ((flags.tlsCert === undefined) !== (flags.tlsKey === undefined)) {
        throw usageFailure('A certificate and its key belong together.', 'Give both --tls-cert and --tls-key.')
      }
      if (flags.agent === true) exitWith(await runAgent(flags))
      else program.help({ error: true })
    })
  addWorkspaceCommands(program, deps)
  addTemplatesCommand(program, deps)
  addShellCommand(program, deps)
  addSshCommands(program, deps)
  addAgentCommands(program, deps)
  addConfigCommands(program, deps)
  throwUsage(program)
  // Its words that are no command are told above; commands made before keep refusing what is too much.
  return program.allowExcessArguments()
}

/** What was typed begins like a command, or goes on where one ends: that one may be meant. */
function unknownCommand(program: Command, typed: string): CliFailure {
  const names = program.commands.flatMap((command) => [command.name(), ...command.aliases()])
  const near = names.filter((name) => name.startsWith(typed) || typed.startsWith(name))
  const meant = near.length === 0 ? '' : `Did you mean: ws ${near.join(', ws ')}? `
  return usageFailure(`There is no command “${typed}”.`, `${meant}${seeHelp(program)}`)
}

/** Makes a command and all below it throw what is wrong with the command line, with the way to its own help. */
function throwUsage(command: Command): void {
  command.helpCommand(command.parent === null).exitOverride((error: CommanderError) => {
    // Help and version have been printed; all else is about the command line.
    if (error.code.startsWith('commander.help') || error.code === 'commander.version') throw error
    const [what = '', meant] = error.message.replace(/^error: /, '').split('\n')
    const message = what.replace(/\.$/, '')
    const hint = meant === undefined ? '' : `${meant.replace(/^\((.*)\)$/, '$1')} `
    throw usageFailure(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`, `${hint}${seeHelp(command)}`)
  })
  for (const below of command.commands) throwUsage(below)
}

function seeHelp(command: Command): string {
  const names: string[] = []
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name())
  return `See how it is used: ${names.join(' ')} --help`
}

/** Whether the words of a command line ask for JSON: known before they are understood, for failures to understand. */
export function asksForJson(words: readonly string[]): boolean {
  const [command] = words
  if (command === 'shell' || command === 'ssh') return false
  const end = words.indexOf('--')
  return words.slice(0, end === -1 ? undefined : end).includes('--json')
}
