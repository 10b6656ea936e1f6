import type { Duplex, Readable } from 'node:stream'
import type { Resources } from '../../contract/agent/workspace.ts'

/** What an engine is; read once per connection. */
export interface EngineFacts {
  version: string
  apiVersion: string
  cpus: number
  memoryBytes: number
  /** Platform of its containers, as the folders of built runtimes are named; undefined for one that we bring none for. */
  platform: 'linux-x64' | 'linux-arm64' | undefined
  /** Whether this computer reaches containers at their addresses: the engine runs on its kernel, not in a VM or a user namespace. */
  isNative: boolean
  /** Whether it runs without root, or maps root of its containers to another user: nothing in it can be privileged. */
  isUserNamespaced: boolean
  /** Whether it has the runtime `sysbox-runc`. */
  hasSysbox: boolean
}

/**
 * A container engine: the little that Berth asks of one. Every call has a time limit and fails with `EngineUnavailable`
 * (no answer) or `EngineFailure` and its kinds (an answer that says no).
 */
export interface Engine {
  readonly facts: EngineFacts
  readonly images: EngineImages
  readonly containers: EngineContainers
  readonly volumes: EngineVolumes
  readonly networks: EngineNetworks
  /** Changes from now on; ends with an error when the stream breaks, and quietly when `signal` aborts. */
  events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>
}

export type Labels = Record<string, string>

export interface EngineEvent {
  kind: 'container' | 'image' | 'volume' | 'network'
  action: string
  /** Container id, image id or reference, volume name, network id. */
  id: string
  /** Labels and further facts of what it is about. */
  attributes: Labels
}

export interface EngineImages {
  /** The id of an image that is here. */
  find(reference: string): Promise<string | undefined>
  /** Fails with `ImageMissing` where no registry gives it. */
  pull(reference: string, options: { onProgress: (progress: Progress) => void; signal: AbortSignal }): Promise<void>
  /**
   * A text file of an image, through a container that is made for it with these labels, never started and removed; undefined
   * where the image has no such file.
   */
  readFile(reference: string, path: string, labels: Labels): Promise<string | undefined>
  /** Fails with `BuildFailed` and the end of its output. */
  build(build: ImageBuild): Promise<void>
  /** Those that carry these labels and have a name, and those without a name that nothing is built on. */
  list(labels: Labels): Promise<ImageSummary[]>
  listDangling(): Promise<string[]>
  /** Takes a name, or an image, away. Fails with status 409 where a container or another image needs it; no-op when it does not exist. */
  remove(reference: string): Promise<void>
  /** Makes a one-layer image of a tar of a root file system. */
  importRoot(tar: Readable, options: { reference: string; changes: readonly string[] }): Promise<void>
}

export interface ImageSummary {
  id: string
  references: string[]
  labels: Labels
}

export interface Progress {
  percent: number | undefined
  detail: string
}

/** Where the steps of a build stand: on the engine's own network for containers, on its computer's, or on none. */
export type BuildNetwork = 'default' | 'host' | 'none'

export interface ImageBuild {
  /** Tar of the context, with its `Dockerfile`. */
  context: Readable
  tag: string
  buildArgs: Record<string, string>
  labels: Labels
  network: BuildNetwork
  /** Each line that the build prints, plain. */
  onLine?: (line: string) => void
  onProgress: (progress: Progress) => void
  signal: AbortSignal
}

export interface ContainerSpec {
  name: string
  image: string
  hostname: string
  labels: Labels
  /** Argv; the entry point of the image is not used. */
  command: readonly string[]
  resources: Resources
  network: string
  /** What it needs to run an engine of its own; absent for what needs none. */
  docker?: 'privileged' | 'sysbox'
  mounts: readonly { volume: string; target: string; readOnly: boolean }[]
  /** Paths with a file system in memory, and its mount options. */
  tmpfs: Record<string, string>
  /** Port inside → port on 127.0.0.1; 0 lets the engine choose one at each start. */
  ports: Readonly<Record<number, number>>
}

export interface Container {
  id: string
  name: string
  labels: Labels
  /** As it was named when the container was made. */
  image: string
  isRunning: boolean
  /** Volumes by name, and where in the container they are. */
  volumes: Readonly<Record<string, string>>
  /** ISO 8601. */
  createdAt: string
  /** When its last run began, in the engine's own words: the same for as long as it is the same run, stopped or not. */
  runStartedAt: string
  /** When its last run ended (ISO 8601); undefined while it runs, and where it never has. */
  stoppedAt: string | undefined
  /** Its address on a network of ours; undefined while it does not run. */
  address: string | undefined
  /** Port inside → port on this computer, as published now. */
  publishedPorts: Readonly<Record<number, number>>
  /** Port inside → port on this computer, as asked for at its creation (0: any). */
  requestedPorts: Readonly<Record<number, number>>
  resources: Resources
}

export interface ContainerSummary {
  id: string
  name: string
  labels: Labels
  isRunning: boolean
}

export interface EngineContainers {
  /** Returns the id. Fails with `NameTaken`, `ImageMissing`. */
  create(spec: ContainerSpec): Promise<string>
  /** A container that is never started, with one volume at `target`: a way to read and write the volume's files. */
  createCarrier(carrier: {
    name: string
    image: string
    labels: Labels
    volume: string
    target: string
  }): Promise<string>
  /** No-op when it runs. Fails with `PortTaken`, `EngineNotFound`. */
  start(id: string): Promise<void>
  /** Gives it other limits, running or not. Fails with `EngineFailure` where it cannot have them while it runs. */
  limit(id: string, resources: Resources): Promise<void>
  /** No-op when it does not run. Kills what is left after `graceSeconds`. */
  stop(id: string, graceSeconds: number): Promise<void>
  /** Kills and removes it; no-op when it does not exist. */
  remove(id: string): Promise<void>
  inspect(idOrName: string): Promise<Container | undefined>
  /** Running or not, all that carry these labels. */
  list(labels: Labels): Promise<ContainerSummary[]>
  /** Its output, both streams in their order; with `follow` until it stops or `signal` aborts. The engine waits for a slow reader. */
  log(id: string, query: LogQuery): AsyncGenerator<ContainerLine, void, void>
  /** What it uses, about once a second, until it stops or `signal` aborts. */
  stats(id: string, signal: AbortSignal): AsyncGenerator<ContainerReading, void, void>
  /** The disk that it takes while it runs. Dear: its files are walked through. */
  sizes(id: string, options: { volume: string; signal: AbortSignal }): Promise<ContainerSizes>
  hasPath(id: string, path: string): Promise<boolean>
  /**
   * A tar of a file or a folder, of a container that runs or not; undefined where there is none. A path that is a symbolic link
   * gives the link. `signal` ends the stream, too.
   */
  getArchive(id: string, path: string, signal: AbortSignal): Promise<Readable | undefined>
  /** Unpacks a tar into a folder that exists. */
  putArchive(id: string, path: string, tar: Readable): Promise<void>
  /** Starts a program without a terminal and writes `stdin` to it; with `endsInput`, that is all of its input. */
  exec(id: string, exec: ExecSpec): Promise<ExecSession>
  /** Starts a program in a PTY of the engine's, as the image's own user. */
  execTerminal(id: string, command: readonly string[]): Promise<TerminalSession>
}

export interface LogQuery {
  /** Lines before now; all when left out. */
  tail?: number
  /** Only what came after the line of this time (`ContainerLine.at`). */
  after?: string
  /** Goes on with what comes, until the container stops. */
  follow?: boolean
  signal?: AbortSignal
}

export interface ContainerLine {
  /** RFC 3339 in UTC with nanoseconds: sorts as text. */
  at: string
  /** Without its end. */
  text: string
}

/** What a container uses at one moment, as far as its engine tells. Counters run since its start. */
export interface ContainerReading {
  /** Milliseconds since 1970, by the engine's clock. */
  at: number
  /** Time on all CPUs. */
  cpuNanoseconds?: number
  /** Without the file cache that nobody uses. */
  memory?: { usedBytes: number; limitBytes: number }
  network?: { receivedBytes: number; sentBytes: number }
  pids?: number
}

export interface ContainerSizes {
  /** What was written over its image. */
  layerBytes?: number
  volumeBytes?: number
}

export interface ExecSpec {
  command: readonly string[]
  /** `uid:gid`, or empty for the image's own. */
  user: string
  stdin: string
  endsInput?: boolean
}

export interface TerminalSession {
  /** Bytes of the PTY, both ways. What is not read holds the program back. Destroyed, it lets go; the program runs on. */
  readonly stream: Duplex
  resize(cols: number, rows: number): Promise<void>
  /** Undefined while it runs. */
  exitCode(): Promise<number | undefined>
}

export interface ExecSession {
  readonly output: AsyncIterable<ExecOutput>
  /** Undefined while it runs. */
  exitCode(): Promise<number | undefined>
  /** Lets go of its streams; the program runs on. */
  close(): void
}

export interface ExecOutput {
  stream: 'stdout' | 'stderr'
  bytes: Uint8Array
}

export interface Volume {
  name: string
  labels: Labels
  createdAt: string | undefined
}

export interface EngineVolumes {
  find(name: string): Promise<Volume | undefined>
  /** Makes it, or returns the one of that name as it is: look at its labels. */
  create(name: string, labels: Labels): Promise<Volume>
  /** No-op when it does not exist. */
  remove(name: string): Promise<void>
  list(labels: Labels): Promise<Volume[]>
}

export interface EngineNetworks {
  find(name: string): Promise<{ id: string; labels: Labels } | undefined>
  /** A bridge on which containers reach the world but not each other. Fails with `NameTaken` when one is there. */
  createIsolated(name: string, labels: Labels): Promise<void>
  /** No-op when it does not exist. */
  remove(name: string): Promise<void>
  /** Joins a stopped container to the network of this name that there is now, in place of one of that name that is gone. */
  rejoin(name: string, containerId: string): Promise<void>
  list(labels: Labels): Promise<{ name: string; labels: Labels }[]>
}
