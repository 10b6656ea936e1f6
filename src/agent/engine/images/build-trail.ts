/** Follows the output of a build to the last image that its steps have made, so that it can be removed where it fails. */
export class BuildTrail {
  /** The beginning of its id; undefined where none was made: what came from the cache, or from elsewhere, is not this build's. */
  last: string | undefined
  #hasRun = false

  read(line: string): void {
    const id = /^ ?---> ([0-9a-f]{12})$/.exec(line)?.[1]
    if (id !== undefined && this.#hasRun) this.last = id
    this.#hasRun = line.startsWith('Removing intermediate container ')
  }
}
