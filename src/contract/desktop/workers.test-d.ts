import { expectTypeOf, test } from 'vitest'
import type { DesktopApi } from './index.ts'
import type { AddOutcome, UnreachedWorker, WorkerProbe } from './pairing.ts'
import type { WorkerSummary } from './worker.ts'

test('a worker that crosses to a screen has no key for an address, a token or a path', () => {
  type Told = keyof WorkerSummary
  expectTypeOf<Extract<Told, 'host' | 'address' | 'endpoint' | 'url' | 'token' | 'fingerprint'>>().toBeNever()
})

test('an outcome is told by its status, and only an unreached one says at which hop', () => {
  type Of<Status extends AddOutcome['status']> = Extract<AddOutcome, { status: Status }>
  expectTypeOf<Of<'added'>['worker']>().toEqualTypeOf<WorkerSummary>()
  expectTypeOf<Of<'unreached'>['probe']>().toEqualTypeOf<UnreachedWorker>()
  expectTypeOf<Extract<WorkerProbe, { reached: true }>>().not.toHaveProperty('hop')
})

test('an id is all that names a worker to main', () => {
  expectTypeOf<Parameters<DesktopApi['workers']['retry']>[0]>().toEqualTypeOf<{ id: string }>()
  expectTypeOf<Parameters<DesktopApi['workers']['pairAgain']>[0]>().toEqualTypeOf<{ id: string; code: string }>()
})
