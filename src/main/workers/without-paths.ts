/** Absolute paths of any system, and those of a home folder; a slash inside a word or of a URL begins none. */
const PATH = /(?<![\w:/.])(?:[A-Za-z]:\\|\\\\|~?\/)[^\s'"`,;:()]*[^\s'"`,;:().]/g

/** `text` with each path of this computer replaced: what crosses to a screen names none. */
export function withoutPaths(text: string): string {
  return text.replaceAll(PATH, '…')
}
