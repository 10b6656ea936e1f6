import { createHash, timingSafeEqual } from 'node:crypto'

/** Tells whether an `Authorization` header carries `token`, in a time that does not depend on what it carries. */
export function bearerCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token)
  return (authorization) => {
    const given = /^Bearer ([\x21-\x7e]{1,512})$/.exec(authorization ?? '')?.[1]
    // Digests have one length, so that not even the length of the token is told.
    return timingSafeEqual(digest(given ?? ''), expected) && given !== undefined
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
