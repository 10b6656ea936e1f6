import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const DOCKERFILE = `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
`

/**
 * An image with nothing in it but a static busybox: no glibc, no bash, no accounts. `lines` are added to its Dockerfile.
 * Made of Debian's own package, on this computer; kept for the next run.
 */
export async function bareImage(tag: string, lines = ''): Promise<string> {
  const reference = `berth-test/${tag}:1`
  if (await isThere(reference)) return reference
  const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-bare-'))
  try {
    await run('apt-get', ['download', 'busybox-static'], { cwd: folder })
    const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.deb'))
    await run('dpkg-deb', ['-x', path.join(folder, file), path.join(folder, 'package')])
    await copyFile(path.join(folder, 'package/bin/busybox'), path.join(folder, 'busybox'))
    await rm(path.join(folder, 'package'), { recursive: true })
    await writeFile(path.join(folder, 'Dockerfile'), `${DOCKERFILE}${lines}\n`)
    await run('docker', ['build', '-q', '-t', reference, folder])
    return reference
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function isThere(reference: string): Promise<boolean> {
  return await run('docker', ['image', 'inspect', reference]).then(
    () => true,
    () => false,
  )
}
