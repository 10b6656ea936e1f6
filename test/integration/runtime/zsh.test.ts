import { afterAll, beforeAll, expect, it } from 'vitest'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

const INSTALL_LIMIT_MS = 180_000
const FOLDER = '/home/a b漢#'

/** The base image has no zsh: a user's own does. */
const PREPARE = `
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends zsh; } >/dev/null
  useradd -m -s /usr/bin/zsh ada
  cd /home/ada
  echo 'export FROM=env' > .zshenv
  echo 'FROM=$FROM-profile' > .zprofile
  printf '%s\\n' 'FROM=$FROM-rc' 'PS1="%% "' 'precmd() { echo mine-$?-; }' > .zshrc
  echo 'FROM=$FROM-login' > .zlogin
  mkdir '${FOLDER}' && cp .zshenv .zprofile .zshrc .zlogin '${FOLDER}' && chmod 755 '${FOLDER}'
  chown -R ada: /home/ada '${FOLDER}'
  find /home/ada '${FOLDER}' -type f | sort | xargs -d '\\n' sha256sum > /files.sha256
`

let container: RuntimeContainer
beforeAll(async () => {
  container = await RuntimeContainer.create(PREPARE)
}, INSTALL_LIMIT_MS)
afterAll(async () => {
  await container[Symbol.asyncDispose]()
})

/** A terminal of a runtime that has just begun with `env`. */
async function opened(env: Record<string, string>): Promise<TerminalProbe> {
  for (const pid of await container.runtimePids()) await container.asRoot(`kill -9 ${pid}`)
  await expect.poll(() => container.runtimePids()).toEqual([])
  expect(await container.boot({ user: 'ada', env })).toMatchObject({ ready: true, user: 'ada' })
  return TerminalProbe.attach(container)
}

/** What zsh prints in a terminal for these lines, each typed at a prompt. */
async function typed(terminal: TerminalProbe, lines: readonly string[]): Promise<string> {
  const whole = (): string => terminal.output.toString()
  for (const [index, line] of [...lines, 'exit'].entries()) {
    await terminal.until(() => whole().split(PROMPT).length === index + 2)
    terminal.type(`${line}\n`)
  }
  await terminal.until(() => terminal.find('exit') !== undefined)
  return whole()
}

const PROMPT = '\u{1b}]133;A\u{7}% \u{1b}]133;B\u{7}'

it.each([
  ['where they are by themselves', {}, 'none'],
  ['in a folder of their own', { ZDOTDIR: FOLDER }, FOLDER],
])('zsh marks its commands and reads the files of the user %s', async (_where, env, folder) => {
  const output = await typed(await opened(env), [
    'true',
    '(exit 7)',
    '',
    `cd '${FOLDER}'`,
    'sleep 0.25',
    'echo "from $FROM, folder ${ZDOTDIR-none}, ours ${BERTH_ZDOTDIR-none}"',
  ])
  expect(output).toContain('\u{1b}]133;C\u{7}')
  // The first prompt and the empty line end no command.
  const ends = [...output.matchAll(/\]133;D;?(\d*)(?:;duration=(\d+))?/gu)]
  expect(ends.map(([, code]) => code)).toEqual(['', '0', '7', '', '0', '0', '0'])
  expect(Number(ends[5]?.[2])).toBeGreaterThanOrEqual(250)
  const folders = [...output.matchAll(/\]7;file:\/\/[^/]+([/\w.%~-]*)/gu)].map(([, told]) => told)
  expect(folders.at(-1)).toBe('/home/a%20b%E6%BC%A2%23')
  expect(output).toContain('mine-7-')
  expect(output).toContain(`from env-profile-rc-login, folder ${folder}, ours none`)
  await container.asRoot('sha256sum --check --quiet /files.sha256')
})
