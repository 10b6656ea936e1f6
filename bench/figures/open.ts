import { type OpenShell, untilPrinted } from '../shell.ts'
import { forEach, inTurns, type Ways } from '../turns.ts'

/** A shell that says when it is ready, without the time that someone's own start files take. */
export const PROMPT = 'ready>'
export const PROMPTING_SHELL = ['env', `PS1=${PROMPT}`, 'bash', '--noprofile', '--norc', '-i']

const ROUNDS = 30

/** From the request for a terminal to its prompt. */
export async function measureOpen(ways: Ways<OpenShell>): Promise<Ways<number[]>> {
  // The first one of each pays for what the others find ready.
  for (const open of Object.values(ways)) await openToPrompt(open)
  return inTurns(
    ROUNDS,
    forEach(ways, (open) => () => openToPrompt(open)),
  )
}

/** Milliseconds to the prompt; the shell is closed outside of the time. */
export async function openToPrompt(open: OpenShell): Promise<number> {
  const began = performance.now()
  const shell = await open(PROMPTING_SHELL)
  await untilPrinted(shell, PROMPT)
  const took = performance.now() - began
  await shell.close()
  return took
}
