import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StateFile } from '../../src/agent/store/records.ts'

/** Furnishes an agent's folder with `count` stopped workspaces whose containers the engine does not know: `<prefix>-0` … */
export async function writeStoppedWorkspaces(
  configDir: string,
  { count, prefix }: { count: number; prefix: string },
): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => {
    const name = `${prefix}-${index}`
    return [
      name,
      {
        id: `ws-${String(index).padStart(12, '0')}`,
        name,
        intent: 'keep',
        status: 'stopped',
        containerId: index.toString(16).padStart(64, '0'),
        created: new Date(index).toISOString(),
        ports: { ssh: 20_000 + index },
        type: 'persistent',
        template: 'base',
        resources: { cpus: 1, memoryBytes: 1_073_741_824, pids: 1024 },
        wasStarted: true,
      },
    ]
  })
  const state = StateFile.parse({ version: 1, workspaces: Object.fromEntries(records) })
  await writeFile(path.join(configDir, 'state.json'), JSON.stringify(state), { mode: 0o600 })
}
