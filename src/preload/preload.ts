import { ipcRenderer } from 'electron'
import { PORT_MESSAGE } from '../contract/desktop/port-message.ts'

/**
 * Passes ports from the page on to main, and nothing else: the page gets no function and no object from here. What is
 * asked for is checked in main, where the sender is known too; a request from another window or frame ends here.
 */
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== window.location.origin) return
  const { data } = event
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== PORT_MESSAGE) return
  ipcRenderer.postMessage(PORT_MESSAGE, data, [...event.ports])
})
