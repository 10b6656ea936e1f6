import { z } from 'zod'
import { Scope } from '../../contract/agent/clients.ts'
import { FileDestination, FileSource, PortRange, PrivilegedDocker } from '../../contract/agent/config.ts'
import { IdleStopSeconds } from '../../contract/agent/workspace.ts'
import { Environment } from '../../contract/names.ts'
import { OwnTemplates } from '../templates/own-templates.ts'

/** Never `admin`: what runs in a workspace on a user's computer comes from the same address as that user. */
const TailnetScope = Scope.exclude(['admin'], {
  error: 'A user of the tailnet may have "read" or "operate"; "admin" needs a token (ws agent pair --scope admin)',
})

/** `config.json`. Keys that are not known here are kept as they are. */
export const AgentConfig = z.looseObject({
  /** Port of the network face. */
  port: z.number().int().min(0).max(65_535).default(7391),
  /** Names that `Host` may be besides our own: of a proxy before the agent. */
  allowedHosts: z.array(z.string().min(1)).default([]),
  /** Who may come without a token of their own. */
  access: z
    .looseObject({
      tailnet: z
        .looseObject({
          /** Users of the tailnet, by the name they sign in by, and what they may do from any computer that is theirs. */
          users: z.record(z.string().min(1).max(320), TailnetScope).default({}),
          /** Where tailscaled listens, where it is told to listen elsewhere than it does by itself. */
          socketPath: z.string().min(1).optional(),
        })
        .default({ users: {} }),
    })
    .default({ tailnet: { users: {} } }),
  /** What every workspace receives. */
  credentials: z
    .looseObject({
      env: Environment.default({}),
      /** Destination in the workspace → source on this computer. */
      files: z.record(FileDestination, FileSource).default({}),
    })
    .default({ env: {}, files: {} }),
  scripts: z
    .looseObject({
      /** Path of the script that runs in every workspace after each start. */
      post_start: z.string().optional(),
      timeoutSeconds: z.number().positive().max(86_400).default(600),
    })
    .default({ timeoutSeconds: 600 }),
  /** Pools that workspaces get their ports from. */
  ports: z
    .looseObject({
      ssh: PortRange.default([2223, 2250]),
      http: PortRange.default([22_080, 22_179]),
      codeServer: PortRange.default([8443, 8550]),
      /** For ports that a workspace asks for by a name of its own. */
      custom: PortRange.default([22_200, 22_399]),
    })
    .default({ ssh: [2223, 2250], http: [22_080, 22_179], codeServer: [8443, 8550], custom: [22_200, 22_399] }),
  settings: z
    .looseObject({
      /** How long a new workspace runs on unused, where its creation does not say; 0 is for ever. */
      idleStopSeconds: IdleStopSeconds.default(0),
      /** The least scope of clients that may have workspaces whose programs can become root on the worker. */
      privilegedDocker: PrivilegedDocker.default('admin'),
    })
    .default({ idleStopSeconds: 0, privilegedDocker: 'admin' }),
  engine: z
    .looseObject({
      /** Where the engine listens, as in `DOCKER_HOST`, which goes before it. Absent: it is looked for. */
      host: z.string().min(1).optional(),
      /** How the agent reaches runtimes: at the container's address, or through a port published on 127.0.0.1. */
      runtimeAddress: z.enum(['auto', 'container', 'published']).default('auto'),
      /** The image that templates are built from, where a mirror serves. */
      baseImage: z.string().min(1).optional(),
    })
    .default({ runtimeAddress: 'auto' }),
  /** What workspaces can be made from, beside the templates that come with Berth. */
  templates: OwnTemplates.default({}),
})
export type AgentConfig = z.infer<typeof AgentConfig>
