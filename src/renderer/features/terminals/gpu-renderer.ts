import type { Terminal } from '@xterm/xterm'

let hardware: boolean | undefined

/** Whether WebGL runs on a graphics card here. On a software renderer it is no faster than the DOM (stack.md). */
export function hasHardwareGraphics(): boolean {
  hardware ??= probe()
  return hardware
}

function probe(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (context === null) return false
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = info === null ? '' : context.getParameter(info.UNMASKED_RENDERER_WEBGL)
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return typeof name === 'string' && name !== '' && !/swiftshader|llvmpipe|software|basic render/i.test(name)
}

/**
 * Draws a terminal by WebGL until the returned function is called; a lost context goes back to the DOM by itself.
 * The context is given up at once: Chromium has about 16, and drops the oldest.
 */
export async function drawByGraphicsCard(xterm: Terminal): Promise<() => void> {
  const { WebglAddon } = await import('@xterm/addon-webgl')
  const addon = new WebglAddon()
  addon.onContextLoss(() => addon.dispose())
  xterm.loadAddon(addon)
  return () => {
    for (const canvas of xterm.element?.querySelectorAll('canvas') ?? []) {
      canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
    }
    addon.dispose()
  }
}
