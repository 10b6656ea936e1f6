/** An address as people type it, made whole: `github.com/acme/api` is meant as `https://github.com/acme/api`. */
export function completeAddress(typed: string): string {
  const text = typed.trim().replace(/^git clone\s+/, '')
  return /^[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+(?::\d+)?\/[^\s]+$/.test(text) ? `https://${text}` : text
}

/** Where a repository is cloned to: a folder of this name in the work folder. */
export function repositoryFolder(address: string): string {
  const last = address.replace(/\/+$/, '').split(/[/:]/).at(-1) ?? ''
  const name = last.replace(/\.git$/, '').replace(/[^A-Za-z0-9._-]/g, '-')
  return /^[.-]*$/.test(name) || name === '.git' ? 'repository' : name.replace(/^-+/, '').slice(0, 100)
}

/** The name of a workspace that a repository suggests; empty where nothing of it can be in a name. */
export function nameFromAddress(address: string): string {
  if (address === '') return ''
  const name = repositoryFolder(address)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^(?:-|ws-)+/, '')
  return name.slice(0, 40).replace(/-+$/, '')
}

/** An address in the short form that people know: `github.com/acme/api`. */
export function shortAddress(address: string): string {
  return address
    .replace(/^(?:https|ssh):\/\/(?:[^@/]*@)?/, '')
    .replace(/^[^@/]+@([^:/]+):/, '$1/')
    .replace(/\.git$/, '')
}
