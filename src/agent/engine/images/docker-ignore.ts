/**
 * What a `.dockerignore` leaves out of a build's context: lines are patterns of paths from the context's folder, `*` and `?`
 * stop at a slash, `**` does not, `!` takes back what an earlier line has left out, the last line that fits decides
 * (https://docs.docker.com/build/concepts/context/#dockerignore-files). The `Dockerfile` and the file itself always go along.
 */
export function dockerIgnore(text: string): (path: string) => boolean {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const rule = line.startsWith('#') ? '' : line.trim()
    const isTakenBack = rule.startsWith('!')
    const pattern = (isTakenBack ? rule.slice(1) : rule).trim().replace(/^\.?\/+|\/+$/g, '')
    return pattern === '' || pattern === '.' ? [] : [{ isTakenBack, fits: toExpression(pattern) }]
  })
  return (path) => {
    if (path === 'Dockerfile' || path === '.dockerignore') return false
    let isIgnored = false
    for (const { isTakenBack, fits } of rules) if (fits.test(path)) isIgnored = !isTakenBack
    return isIgnored
  }
}

/** Fits the path itself and all below it. */
function toExpression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|\*|\?|\[[^\]]*\]|\\.|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part.length > 1) return part
    return `\\${part}`
  })
  return new RegExp(`^${source}(?:/.*)?$`, 's')
}
