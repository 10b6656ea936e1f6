import { expect, it } from 'vitest'
import { AgentError } from '../agent-error.ts'
import type { WorkspaceService } from '../services.ts'
import type { Identity } from './identity.ts'
import { createWorkspaceDoor } from './workspace-door.ts'

const PHONE: Identity = { kind: 'paired', id: 'phone', name: 'phone', scope: 'operate' }
const REFUSAL = new AgentError('FORBIDDEN', 'Not for the phone.')

/** The door of a worker where nobody may run programs in `alpha`, and what got through it. */
function door() {
  const through: string[] = []
  // Each use is noted by its name; what it answers is not looked at.
  const workspaces = new Proxy({} as WorkspaceService, {
    get: (_target, use: string) => (input: unknown, asker: unknown) => {
      through.push(use === 'create' ? `${use} ${JSON.stringify(asker)}` : use)
      return Promise.resolve(input)
    },
  })
  const admit = (): void => {
    throw REFUSAL
  }
  return { through, ours: createWorkspaceDoor({ workspaces, rootAccess: { isFor: () => false, admit } })(PHONE) }
}

const signal = new AbortController().signal

it.each([
  ['exec', (ours) => ours.exec({ name: 'alpha', command: ['id'] }, signal)],
  ['a terminal', (ours) => ours.terminalHolder('alpha')],
  ['a key', (ours) => ours.authorizeKey('alpha', 'ssh-ed25519 AAAA')],
  ['a variable', (ours) => ours.changeEnvironment('alpha', { PATH: '/tmp' })],
  ['a script', (ours) => ours.update({ name: 'alpha', startScript: 'id' })],
  ['the end of a script', (ours) => ours.update({ name: 'alpha', startScript: '' })],
] satisfies [string, (ours: ReturnType<typeof door>['ours']) => Promise<unknown>][])(
  'nobody gets by %s into a workspace that is not for them',
  async (_way, use) => {
    const { ours, through } = door()
    await expect(use(ours)).rejects.toBe(REFUSAL)
    expect(through).toEqual([])
  },
)

it('what runs no programs is for everybody, and a workspace is made with what its maker may become', async () => {
  const { ours, through } = door()
  await ours.update({ name: 'alpha', title: 'Mine' })
  await ours.closeTerminal('alpha', 'one')
  await ours.create({ name: 'beta' })
  expect(through).toEqual(['update', 'closeTerminal', 'create {"mayBecomeRoot":false}'])
})

it.each(['', '..', '../alpha', 'ws-1', 'Alpha'])('there is no workspace of the name “%s”', async (name) => {
  await expect(door().ours.terminalHolder(name)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
