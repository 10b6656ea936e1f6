import type { IDecoration, IMarker, Terminal } from '@xterm/xterm'
import { contrast } from '../../../ui/contrast.ts'
import type { Command } from './command-log.ts'
import { endingWords } from './command-words.ts'

/** The least contrast of a sign that is no text (WCAG 1.4.11). */
const SIGN_CONTRAST = 3

/** Draws how a command ended beside its prompt: a ring, or a triangle where it failed, with the words on hover. */
export function markCommand(xterm: Terminal, prompt: IMarker, command: Command): IDecoration | undefined {
  const decoration = xterm.registerDecoration({ marker: prompt, x: 0, width: 1 })
  decoration?.onRender((element) => {
    const hasFailed = command.exitCode !== undefined && command.exitCode !== 0
    element.classList.add('command-mark')
    element.dataset['ending'] = hasFailed ? 'failed' : 'done'
    element.setAttribute('role', 'img')
    element.title = endingWords(command)
    element.setAttribute('aria-label', element.title)
    element.style.setProperty('--sign', signColour(xterm, hasFailed))
  })
  return decoration
}

/** The theme's own green or red, where it stands out from its background. */
function signColour(xterm: Terminal, hasFailed: boolean): string {
  const { background = '#000000', foreground = '#ffffff', red, green } = xterm.options.theme ?? {}
  const colour = (hasFailed ? red : green) ?? foreground
  return contrast(colour, background) >= SIGN_CONTRAST ? colour : foreground
}
