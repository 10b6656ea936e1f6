import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** Programs of the system as the app finds them in a test: `ssh` without this computer's own keys and with a configuration of the test's, and `tailscale`. */
export class OwnPrograms {
  /** Also where the files lie that the programs read. */
  readonly folder = mkdtempSync(join(tmpdir(), 'berth-e2e-bin-'))

  constructor() {
    mkdirSync(this.#programs)
    // It finds its files by the user, not by HOME.
    writeFileSync(this.#sshConfig, '')
    const identity = `-F ${this.#sshConfig} -i ${join(this.folder, 'user-key')} -o IdentitiesOnly=yes -o IdentityAgent=none`
    const known = `-o UserKnownHostsFile=${this.sshKnownHosts} -o GlobalKnownHostsFile=/dev/null`
    this.#write('ssh', `#!/bin/sh\nexec /usr/bin/ssh ${identity} ${known} "$@"\n`)
    this.#write('tailscale', TAILSCALE(this.folder))
  }

  /** The environment in which they are the ones that are found. */
  get environment(): Record<string, string> {
    return { PATH: `${this.#programs}:${process.env['PATH'] ?? ''}` }
  }

  get sshKnownHosts(): string {
    return join(this.folder, 'known-hosts')
  }

  /** Has the person's own settings of `ssh` say `lines`, for every computer. */
  configureSsh(lines: readonly string[]): void {
    writeFileSync(this.#sshConfig, `Host *\n${lines.join('\n')}\n`)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  get #sshConfig(): string {
    return join(this.folder, 'ssh-config')
  }

  get #programs(): string {
    return join(this.folder, 'bin')
  }

  #write(name: string, text: string): void {
    const file = join(this.#programs, name)
    writeFileSync(file, text)
    chmodSync(file, 0o755)
  }
}

/** `tailscale status --json`, as told by the stand-in whose socket is in `folder`. */
const TAILSCALE = (folder: string): string => `#!${process.execPath}
const socketPath = ${JSON.stringify(join(folder, 'tailscaled.sock'))}
const headers = { host: 'local-tailscaled.sock' }
require('node:http')
  .get({ socketPath, path: '/localapi/v0/status', headers }, (answer) => answer.pipe(process.stdout))
  .on('error', () => process.exit(1))
`
