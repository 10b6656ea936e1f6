import { MOST_CREDENTIAL_BYTES, RuntimeCredentialFiles } from '../../contract/runtime/credential-files.ts'
import { ApiRefusal, readJson } from '../api/reply.ts'
import type { Route } from '../api/server.ts'
import { FilesRefusal, writeCredentialFiles } from './write-files.ts'

/** All bytes in base64, and the names and modes around them. */
const BODY_BYTES = Math.ceil((MOST_CREDENTIAL_BYTES * 4) / 3) + 16_777_216

/** `PUT /api/v1/credentials/files` */
export function credentialsRoute({ home }: { home: string }): Route {
  return async ({ request, response }) => {
    const input = RuntimeCredentialFiles.safeParse(await readJson(request, BODY_BYTES))
    if (!input.success) throw new ApiRefusal('BAD_REQUEST', 'The files are not described as they have to be.')
    try {
      writeCredentialFiles(home, input.data)
    } catch (error) {
      if (error instanceof FilesRefusal) throw new ApiRefusal('PRECONDITION_FAILED', error.message)
      throw error
    }
    response.writeHead(204)
    response.end()
  }
}
