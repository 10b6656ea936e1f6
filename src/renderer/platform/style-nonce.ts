/**
 * Gives every `<style>` that a library makes the nonce of the page's content security policy: xterm and the scroll lock
 * of dialogs write their rules at run time, and without it the browser drops them in silence.
 */
export function allowRuntimeStyles(page: Document): void {
  const nonce = page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
  if (nonce === '') return
  const original: unknown = Reflect.get(page, 'createElement')
  if (typeof original !== 'function') return
  Object.defineProperty(page, 'createElement', {
    configurable: true,
    writable: true,
    value: (...parameters: unknown[]): unknown => {
      const element: unknown = Reflect.apply(original, page, parameters)
      if (element instanceof HTMLStyleElement) element.nonce = nonce
      return element
    },
  })
}
