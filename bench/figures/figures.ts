import type { Subject } from '../subject.ts'
import { measureCreate } from './create.ts'
import { measureEcho, measureEchoInFlood } from './echo.ts'
import type { Figure } from './figure.ts'
import { measureOpen } from './open.ts'
import { measureThroughput } from './throughput.ts'

/** Every figure of the main job, or those whose names begin with one of `names`. */
export function chooseFigures(subject: Subject, names: readonly string[]): Figure[] {
  const { ours, peer } = subject
  const all: Figure[] = [
    {
      name: 'create → prompt',
      peer: 'docker run + exec',
      unit: 'ms',
      goal: { atMost: 1.2 },
      measure: () => measureCreate(subject),
    },
    {
      name: 'open → prompt',
      peer: 'raw exec with TTY',
      unit: 'ms',
      goal: { atMost: 0.25 },
      measure: () => measureOpen(ours, peer),
    },
    {
      name: 'echo p95, idle',
      peer: 'raw exec with TTY',
      unit: 'ms',
      goal: { atMost: 1.4 },
      measure: () => measureEcho(ours, peer),
    },
    {
      name: 'flood: echo p95 beside it',
      peer: 'raw exec likewise',
      unit: 'ms',
      goal: { atMost: 1.2 },
      measure: () => measureEchoInFlood(ours, peer),
    },
    {
      name: 'throughput, 64 MB',
      peer: 'raw exec with TTY',
      unit: 'MB/s',
      goal: { atLeast: 1.1 },
      measure: () => measureThroughput(ours, peer),
    },
  ]
  return names.length === 0 ? all : all.filter(({ name }) => names.some((start) => name.startsWith(start)))
}
