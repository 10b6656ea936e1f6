import { inSentence } from './in-sentence.ts'

/** Words about what ends a workspace, or stops it, by itself. */
export const life = {
  title: 'What becomes of it by itself',
  temporary: 'Deleted when it stops',
  endsIn: (left: string) => `Deleted in ${left}, unless it is used`,
  endsInShort: (left: string) => `ends in ${left}`,
  idleStop: (span: string) => `Stops after ${span} without use`,
  lessThanMinute: 'less than a minute',
  near: (name: string, left: string) => `${name} is deleted in ${left}, unless somebody uses it before`,
  nearBody: 'One that holds work that is nowhere else is stopped and kept.',
  putOff: 'Keep it',
  putOffLong: 'Put off its end',
  putOffDone: (name: string) => `The end of ${name} is put off`,
  putOffFailed: (name: string) => `The end of ${name} was not put off`,
  restartNow: 'Restart now',
  rowNotice: { kept: 'Kept', idle_stopped: 'Idle stop' },
  stopTitle: (name: string, worker: string) => `Stop and delete ${name} on ${inSentence(worker)}?`,
  stopBody: (name: string) =>
    `${name} is temporary: when it stops, its container, its home folder and all files in it are deleted for ever.`,
  stopKept: 'One that holds work that is nowhere else is stopped and kept.',
  keepRunning: 'Keep running',
  stopAndDelete: 'Stop and delete',
}
