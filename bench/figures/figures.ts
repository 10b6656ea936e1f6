import type { Subject } from '../subject.ts'
import { ratioRow, valueRow } from '../table.ts'
import { measureApp } from './app.ts'
import { measureCreate } from './create.ts'
import { measureCrowd } from './crowd.ts'
import { measureEcho, measureEchoInFlood } from './echo.ts'
import { leftAfterClose, lostInStall, lostTails } from './exactness.ts'
import type { Figure } from './figure.ts'
import { measureAgent, measureRuntimes } from './idle.ts'
import { measureList } from './list.ts'
import { measureOpen } from './open.ts'
import { measureThroughput } from './throughput.ts'
import { measureWorkers } from './workers.ts'

const MIB = 1_048_576
const NONE = { atMost: 0 } as const

export interface Choice {
  /** Those whose names begin with one of these; all of them where there is none. */
  names: readonly string[]
  withSoaks: boolean
}

export function chooseFigures(subject: Subject, { names, withSoaks }: Choice): Figure[] {
  return [...terminalFigures(subject), ...exactnessFigures(subject), ...programFigures(subject)].filter(
    ({ name, isSoak }) =>
      (withSoaks || isSoak !== true) && (names.length === 0 || names.some((start) => name.startsWith(start))),
  )
}

function terminalFigures(subject: Subject): Figure[] {
  const { ways } = subject
  const figure = (name: string, measure: Figure['measure']): Figure => ({ name, measure })
  return [
    figure('create', async () => [
      ratioRow({ figure: 'create → prompt', unit: 'ms', goal: { atMost: 1.2 } }, await measureCreate(subject)),
    ]),
    figure('open', async () => [
      ratioRow({ figure: 'open → prompt', unit: 'ms', goal: { atMost: 0.25 } }, await measureOpen(ways)),
    ]),
    figure('echo', async () => [
      ratioRow({ figure: 'echo p95, idle', unit: 'ms', goal: { atMost: 1.4 } }, await measureEcho(ways)),
    ]),
    figure('flood', async () => [
      ratioRow(
        { figure: 'echo p95 beside a flood', unit: 'ms', goal: { atMost: 1.2 } },
        await measureEchoInFlood(ways),
      ),
    ]),
    figure('throughput', async () => [
      ratioRow({ figure: 'throughput, 64 MB', unit: 'MB/s', goal: { atLeast: 1.1 } }, await measureThroughput(ways)),
    ]),
  ]
}

function exactnessFigures(subject: Subject): Figure[] {
  return [
    {
      name: 'stall',
      measure: async () => [
        valueRow({ figure: 'reader stalls 4 s in 64 MB', unit: 'bytes', goal: NONE }, [
          await lostInStall(subject, 64 * MIB),
        ]),
      ],
    },
    {
      name: 'tail',
      measure: async () => [
        valueRow({ figure: '20 × 200 KB and exit: lost', unit: 'bytes', goal: NONE }, [sum(await lostTails(subject))]),
      ],
    },
    {
      name: 'left',
      measure: async () => [
        valueRow({ figure: 'left after a close', unit: 'processes', goal: NONE }, [await leftAfterClose(subject)]),
      ],
    },
    {
      name: 'soak 1 GiB',
      isSoak: true,
      measure: async () => [
        valueRow({ figure: 'reader stalls 4 s in 1 GiB', unit: 'bytes', goal: NONE }, [
          await lostInStall(subject, 1024 * MIB),
        ]),
      ],
    },
    { name: 'crowd', measure: () => measureCrowd(subject, 5) },
    { name: 'soak crowd', isSoak: true, measure: () => measureCrowd(subject, 60) },
  ]
}

function programFigures(subject: Subject): Figure[] {
  return [
    { name: 'list', measure: measureList },
    { name: 'agent', measure: measureAgent },
    { name: 'runtime', measure: () => measureRuntimes(subject) },
    { name: 'app', measure: measureApp },
    { name: 'workers', measure: measureWorkers },
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
