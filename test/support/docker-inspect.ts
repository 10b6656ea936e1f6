import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'

const Inspected = z.tuple([
  z.looseObject({
    Mounts: z.array(z.looseObject({ Name: z.string().optional(), Destination: z.string() })),
    HostConfig: z.looseObject({
      Memory: z.number(),
      CapDrop: z.array(z.string()),
      Tmpfs: z.record(z.string(), z.string()),
      RestartPolicy: z.object({ Name: z.string() }),
      PortBindings: z.record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() }))),
    }),
  }),
])

/** What anybody who may use the engine can read of a container, by Docker's own program. */
export async function dockerInspect(container: string): Promise<z.infer<typeof Inspected>[0]> {
  const { stdout } = await promisify(execFile)('docker', ['inspect', container])
  return Inspected.parse(JSON.parse(stdout))[0]
}

/** Runs Docker's own program, as somebody beside Berth would. */
export async function docker(...parameters: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', parameters)
  return stdout.trim()
}
