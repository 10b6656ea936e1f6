import { AgentError } from '../agent-error.ts'

/** The image of a workspace cannot run the runtime. Trying again changes nothing, as long as the container is this one. */
export class RuntimeUnsupported extends AgentError {
  constructor(missing: string) {
    super('ENGINE_ERROR', missing, {
      hint: 'Use an image with glibc 2.28 or later (Debian 10, Ubuntu 18.10, Fedora 29).',
    })
    this.name = 'RuntimeUnsupported'
  }
}

/**
 * What an image lacks to run the runtime, in plain words, by what the kernel or the dynamic loader said when it was
 * started; undefined where that does not say so. The runtime's own file has to be there: a missing loader looks the same.
 */
export function missingFor(words: string): string | undefined {
  const [, version] = /version [`'](GLIBC_[\d.]{1,20})' not found/.exec(words) ?? []
  if (version !== undefined) return `Its glibc is too old: Berth’s service needs 2.28 or later (${version} was missed).`
  if (/GLIBCXX_|CXXABI_/.test(words)) return 'Its C++ library (libstdc++) is too old for Berth’s service.'
  const [, library] = /error while loading shared libraries: ([\w.+-]{1,100}):/.exec(words) ?? []
  if (library !== undefined) return `Its image lacks the library ${library}, which Berth’s service needs.`
  if (/error relocating|symbol not found/i.test(words)) return NO_GLIBC
  if (/exec format error/i.test(words)) return 'Its image is for another kind of processor.'
  if (/no such file or directory/i.test(words)) return NO_GLIBC
  return undefined
}

const NO_GLIBC = 'Its image has no glibc, which Berth’s service needs (images on musl, such as Alpine, have none).'
