/** `value` as one word of a POSIX shell. */
export function shellQuote(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`
}

/** Environment as lines that any POSIX shell can source. */
export function formatEnvironment(env: Record<string, string>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${shellQuote(value)}\n`)
    .join('')
}

/**
 * A `profile.d` file that puts back what `/etc/profile` takes away: Debian's sets `PATH` anew for login shells, and
 * with it the folders go that the image added (`/usr/local/go/bin`).
 */
export function formatPathProfile(path: string): string {
  return `for berth_dir in ${path.split(':').filter(Boolean).map(shellQuote).join(' ')}; do
  case ":$PATH:" in
    *":$berth_dir:"*) ;;
    *) PATH="$PATH:$berth_dir" ;;
  esac
done
unset berth_dir
export PATH
`
}
