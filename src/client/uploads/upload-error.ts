/** The workspace does not take a file, or the file could not be read to its end; `message` is for a person. */
export class UploadError extends Error {
  readonly code: string
  readonly hint: string | undefined

  constructor(code: string, message: string, options: ErrorOptions & { hint?: string | undefined } = {}) {
    super(message, options)
    this.name = 'UploadError'
    this.code = code
    this.hint = options.hint
  }
}
