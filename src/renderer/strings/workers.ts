/** Words about workers, one beside the other. */
export const workers = {
  lastSeen: (when: string) => `last seen ${when}`,
  notAnswering: 'does not answer',
  ago: (span: string) => `${span} ago`,
  justNow: 'just now',
  pairAgain: 'Pair again',
  otherVersion: 'Other version',
  wasWord: {
    creating: 'was being created',
    running: 'was running',
    stopped: 'was stopped',
    error: 'had failed',
  },
  menu: (worker: string) => `Actions for ${worker}`,
  open: 'Show this worker',
  newHere: 'New workspace here',
  settings: 'Settings of this worker',
  unknown: 'This worker is not here',
  unknownBody: 'It was removed from this app, or the address has a slip.',
  noOther: 'There is no other worker',
  scope: 'Workers in the sidebar',
  allWorkers: 'All workers',
}
