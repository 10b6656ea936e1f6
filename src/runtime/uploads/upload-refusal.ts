import type { ErrorCode } from '../../contract/errors.ts'

/** Why a file is not taken, in words for a person. */
export class UploadRefusal extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { hint?: string } = {}) {
    super(message, options)
    this.name = 'UploadRefusal'
    this.code = code
    this.hint = options.hint
  }
}

const HINTS = {
  full: 'Make room in it, and try again.',
  barred: 'Go to another folder in the terminal, and try again.',
}

/** What the file system said to a write, in words; anything else as it is. */
export function asRefusal(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const because = { cause: error }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new UploadRefusal(
      'PRECONDITION_FAILED',
      'The disk of the workspace is full. Nothing of the file was kept.',
      {
        hint: HINTS.full,
        ...because,
      },
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `Nothing can be written to “${folder}” (${code}).`
    return new UploadRefusal('PRECONDITION_FAILED', message, { hint: HINTS.barred, ...because })
  }
  if (code === 'EFBIG') return new UploadRefusal('PRECONDITION_FAILED', `“${folder}” takes no file so large.`, because)
  return error
}

/** Refuses a file for which the disk of `folder` has no room. */
export function noRoom(freeBytes: number): UploadRefusal {
  const free = `${Math.floor(freeBytes / 1_048_576)} MiB`
  return new UploadRefusal(
    'PRECONDITION_FAILED',
    `The disk of the workspace has ${free} left: too little for this file.`,
    {
      hint: HINTS.full,
    },
  )
}
