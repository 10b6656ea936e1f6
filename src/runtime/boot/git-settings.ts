import { closeSync, constants, fstatSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const SYSTEM_SETTINGS = '/etc/gitconfig'

/**
 * Answers git with the logins that a workspace was given: the tokens of its environment, each for the host it belongs to
 * and no other, then `~/.git-credentials`, then what the GitHub command line knows. It reads and never stores. A helper of
 * the user's own is asked after it; `credential.helper=` (empty) in `~/.gitconfig` takes it away.
 */
const HELPER = `#!/bin/sh
[ "$1" = get ] || exit 0
protocol= host= asked=
while IFS= read -r line && [ -n "$line" ]; do
  asked="$asked$line
"
  case $line in
    protocol=*) protocol=\${line#protocol=} ;;
    host=*) host=\${line#host=} ;;
  esac
done
[ "$protocol" = https ] || exit 0
user= token=
case $host in
  github.com | gist.github.com) user=x-access-token token=\${GH_TOKEN:-$GITHUB_TOKEN} ;;
  "\${GH_HOST:-github.com}") user=x-access-token token=\${GH_ENTERPRISE_TOKEN:-$GITHUB_ENTERPRISE_TOKEN} ;;
  "\${GITLAB_HOST:-gitlab.com}") user=oauth2 token=$GITLAB_TOKEN ;;
esac
if [ -n "$token" ]; then
  printf 'username=%s\\npassword=%s\\n' "$user" "$token"
  exit 0
fi
found=$(printf '%s' "$asked" | git credential-store get 2>/dev/null)
if [ -z "$found" ] && command -v gh >/dev/null 2>&1; then
  found=$(printf '%s' "$asked" | gh auth git-credential get 2>/dev/null)
fi
[ -z "$found" ] || printf '%s\\n' "$found"
`

/**
 * Makes the git of a workspace know the logins that are in it, wherever in it git is run: a file of ours in `folder`
 * (made anew at each start), and one line in the system's settings that leads to it.
 */
export function writeGitSettings(folder: string): void {
  const helper = join(folder, 'git-credential')
  const settings = join(folder, 'gitconfig')
  replaceFile(helper, HELPER)
  // By its interpreter: nothing in this folder may be run by itself.
  replaceFile(settings, `[credential]\n\thelper = "!sh ${helper}"\n`)
  includeOnce(settings)
}

function replaceFile(path: string, content: string): void {
  rmSync(path, { force: true })
  writeFileSync(path, content, { mode: 0o644, flag: 'wx' })
}

function includeOnce(settings: string): void {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW
  const fd = openSync(SYSTEM_SETTINGS, flags, 0o644)
  try {
    if (!fstatSync(fd).isFile() || readFileSync(fd, 'utf8').includes(`path = ${settings}`)) return
    writeSync(fd, `[include]\n\tpath = ${settings}\n`)
  } finally {
    closeSync(fd)
  }
}
