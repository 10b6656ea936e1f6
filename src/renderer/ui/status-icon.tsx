import clsx from 'clsx'
import { strings } from '../strings/index.ts'

/** What a thing is doing. Each has a shape, a colour and a word of its own: no two differ by colour alone. */
export type StatusKind = 'running' | 'busy' | 'stopped' | 'failed' | 'waiting' | 'unreachable' | 'needs-you' | 'locked'

const COLOURS: Record<StatusKind, string> = {
  running: 'text-ok',
  busy: 'text-accent',
  stopped: 'text-idle',
  failed: 'text-error',
  waiting: 'text-warn',
  unreachable: 'text-idle',
  'needs-you': 'text-needs-you',
  locked: 'text-warn',
}

/** `percent` fills the ring of `busy`. `label` replaces the word of the kind (`Stopping`); null where text beside it says it. */
export function StatusIcon(props: { kind: StatusKind; label?: string | null; percent?: number | undefined }) {
  const label = props.label === undefined ? strings.status[props.kind] : props.label
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      role="img"
      aria-label={label ?? ''}
      aria-hidden={label === null}
      className={clsx('shrink-0', COLOURS[props.kind])}
    >
      <Shape kind={props.kind} percent={props.percent} />
    </svg>
  )
}

function Shape({ kind, percent }: { kind: StatusKind; percent: number | undefined }) {
  switch (kind) {
    case 'running':
      return (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <path d="M4.8 8.2 7 10.4l4.2-4.6" fill="none" stroke="var(--bg)" strokeWidth="1.8" strokeLinecap="round" />
        </>
      )
    case 'busy':
      return <Ring percent={percent} />
    case 'stopped':
      return <rect x="3" y="3" width="10" height="10" rx="1.5" fill="currentColor" />
    case 'failed':
      return (
        <>
          <path d="M8 1.2 15.4 14.4H.6Z" fill="currentColor" strokeLinejoin="round" />
          <path d="M8 5.8v4M8 11.6v1.2" stroke="var(--bg)" strokeWidth="1.6" />
        </>
      )
    case 'waiting':
      return (
        <>
          <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M8 4.4V8l2.4 1.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        </>
      )
    case 'unreachable':
      return (
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.6 2.27" />
      )
    case 'needs-you':
      return <path d="M8 .8 15.2 8 8 15.2.8 8Z" fill="currentColor" />
    case 'locked':
      return (
        <>
          <rect x="2.5" y="7" width="11" height="8" rx="1.5" fill="currentColor" />
          <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </>
      )
  }
}

const CIRCUMFERENCE = 2 * Math.PI * 6

/** Three quarters of a ring that turns, or the share that is done. */
function Ring({ percent }: { percent: number | undefined }) {
  const length = (CIRCUMFERENCE * (percent ?? 75)) / 100
  return (
    <g className={percent === undefined ? 'origin-center turning' : undefined}>
      <circle cx="8" cy="8" r="6" fill="none" stroke="var(--line)" strokeWidth="2" />
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray={`${length} ${CIRCUMFERENCE}`}
        transform="rotate(-90 8 8)"
      />
    </g>
  )
}
