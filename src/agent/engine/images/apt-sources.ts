import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

const DEBIAN_MIRROR = 'http://deb.debian.org/debian'
const APT = '/etc/apt'

/** The mirror that this computer takes Debian's packages from; Debian's own where it takes none. */
export async function mirrorFrom(suite: string): Promise<string> {
  const sources = await readSources()
  const mirrors = sources.flatMap(({ text }) => debianMirrors(text, suite))
  return mirrors[0] ?? DEBIAN_MIRROR
}

/** The addresses of a sources file (one-line or deb822) from which `suite` itself is taken. */
export function debianMirrors(text: string, suite: string): string[] {
  const oneLine = [...text.matchAll(/^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/gm)]
    .filter(([, , suites]) => suites === suite)
    .map(([, address = '']) => address)
  const paragraphs = text.split(/\n\s*\n/).flatMap((paragraph) => {
    const suites = /^Suites:\s*(.*)$/im.exec(paragraph)?.[1]?.split(/\s+/) ?? []
    const address = /^URIs:\s*(\S+)/im.exec(paragraph)?.[1]
    return address !== undefined && suites.includes(suite) ? [address] : []
  })
  return [...oneLine, ...paragraphs].filter((address) => /^https?:/.test(address))
}

/**
 * Gives a root file system the package sources of this computer where they are of the same suite, with the apt settings
 * that make them reachable (a proxy); keys of other vendors' sources are not brought, so those sources stay out.
 */
export async function copyAptSources({ root, suite }: { root: string; suite: string }): Promise<void> {
  const fitting = (await readSources()).filter(({ text }) => debianMirrors(text, suite).length > 0)
  const folder = path.join(root, APT, 'sources.list.d')
  await mkdir(folder, { recursive: true })
  if (fitting.length > 0) {
    await rm(path.join(root, APT, 'sources.list'), { force: true })
    for (const { file } of fitting) await copyFile(file, path.join(folder, `berth-${path.basename(file)}`))
  }
  await copyProxySettings(root)
}

async function copyProxySettings(root: string): Promise<void> {
  const folder = path.join(APT, 'apt.conf.d')
  const names = await readdir(folder).catch(() => [])
  const lines: string[] = []
  for (const name of names) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => '')
    lines.push(...text.split('\n').filter((line) => /^\s*Acquire::https?::(?:Proxy|[\w.-]+::Proxy)\b/i.test(line)))
  }
  if (lines.length === 0) return
  await mkdir(path.join(root, folder), { recursive: true })
  await writeFile(path.join(root, folder, '90berth-proxy'), `${lines.join('\n')}\n`)
}

async function readSources(): Promise<{ file: string; text: string }[]> {
  const folder = path.join(APT, 'sources.list.d')
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(?:list|sources)$/.test(name)).sort()
  const files = [path.join(APT, 'sources.list'), ...names.map((name) => path.join(folder, name))]
  const read = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(file, 'utf8').catch(() => '') })),
  )
  return read.filter(({ text }) => text !== '')
}
