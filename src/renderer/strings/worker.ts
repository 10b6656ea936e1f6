import { inSentence } from './in-sentence.ts'

export const connection = {
  connecting: (worker: string) => `Connecting to ${inSentence(worker)}`,
  reconnecting: (worker: string, attempt: number) =>
    `Reconnecting to ${inSentence(worker)}, try ${attempt}. What runs there goes on running.`,
  unreachable: (worker: string) => `${worker} does not answer`,
  unreachableBody: 'Its workspaces may still be running. Berth keeps trying.',
  lastSeen: (worker: string, time: string) => `${worker} has not answered since ${time}`,
  distrusted: (worker: string) => `${worker} is not what was trusted`,
  distrustedWhy: 'What answers in its place cannot show that it is the worker.',
  distrustedMend: 'Nothing is sent to it. If its certificate was renewed there, remove the worker and add it again.',
  anotherAgentToken:
    'It may have been told the token of this computer. Revoke that on the worker: ws agent clients revoke.',
  setUpAnew: 'It was set up anew',
  setUpAnewIntro: (worker: string) =>
    `The code, and what you do there afterwards, go to whoever answers in the place of ${worker} now. Make a code on that computer, and type it here.`,
  attempt: (attempt: number) => `Try ${attempt}`,
  pairTitle: (worker: string) => `Pair with ${worker}`,
  pairIntro: 'This browser is not paired with the worker yet. Make a code there, and type it here.',
  pairAgainIntro: (worker: string) =>
    `The pairing of this computer with ${worker} was revoked, or has ended. What runs there goes on. Make a code there, and type it here.`,
  pairTrust: 'Whoever is paired can open terminals in every workspace, and see what they hold.',
  pairCommand: 'On the worker, run',
  code: 'Pairing code',
  codeHelp: '8 characters; case, spaces and dashes do not matter. A code works once, for 5 minutes.',
  codeMissing: 'Type the code that the worker shows.',
  codeLength: 'A code has 8 characters.',
  pair: 'Pair',
  pairing: 'Pairing…',
  paired: (worker: string) => `Paired with ${worker}`,
  pairRefused: 'The code is not right, or has run out. Make a new one on the worker.',
  pairTooMany: 'Too many tries. Make a new code on the worker, and wait a minute.',
  pairUnreachable: 'The worker did not answer. Your code is still here.',
  incompatible: (worker: string) => `${worker} runs another version of Berth`,
  incompatibleBody: 'Update the older of the two, then load this page again.',
  embeddedRefused: 'The worker of this app refused the connection. Quit Berth and open it again.',
}

export const engine = {
  missing: {
    title: (worker: string) => `Docker was not found on ${inSentence(worker)}`,
    body: 'Berth runs each workspace in a container. Install Docker, or any engine that answers like it; this screen goes on by itself.',
  },
  stopped: {
    title: (worker: string) => `Docker is installed on ${inSentence(worker)}, but not running`,
    body: 'Start it, and this screen goes on by itself. Your workspaces are as you left them.',
  },
  starting: {
    title: (worker: string) => `Docker is starting on ${inSentence(worker)}`,
    body: 'This usually takes less than a minute. Nothing needs to be done.',
  },
  forbidden: {
    title: (worker: string) => `Your user may not use Docker on ${inSentence(worker)}`,
    body: 'Add it to the docker group, then sign in again.',
  },
  too_old: {
    title: (worker: string) => `Docker on ${inSentence(worker)} is too old for Berth`,
    body: 'Update it, then start it again. Workspaces and their files stay.',
  },
  unresponsive: {
    title: (worker: string) => `Docker on ${inSentence(worker)} does not answer`,
    body: 'It is there, but its last answers did not come in time. Restarting it usually helps; Berth keeps asking.',
  },
  misnamed: 'The container engine that is named cannot be used',
  oldVersion: (message: string, body: string) => `${message} ${body}`,
  groupLinux: 'On Linux',
  groupWindows: 'On Windows, as administrator',
  checking: 'Berth goes on by itself as soon as Docker answers.',
  checkNow: 'Check now',
  otherWorker: 'Use another computer as a worker',
  getDocker: 'Get Docker Desktop',
  installDebian: 'On Debian and Ubuntu',
  installMac: 'On macOS, with Homebrew',
  installWindows: 'On Windows',
  startLinux: 'On Linux',
  startDesktop: 'With Docker Desktop, open the app.',
  hintLabel: 'What the worker says',
  strip: (title: string) => `${title}. Workspaces cannot be changed until it answers.`,
  readyTitle: (version: string) => `Docker ${version} is running`,
  capacity: (cpus: number, memory: string) => `${cpus} CPUs, ${memory} of memory`,
}
