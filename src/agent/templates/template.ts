import type { Resources } from '../../contract/agent/workspace.ts'

/** What a workspace can be made from. */
export interface Template {
  name: string
  description: string
  source: TemplateSource
  /** Who works in it. Absent: the image says. */
  user?: string
  /** Where the home volume goes. Absent: where the image has the home of its user. */
  home?: string
  /** Limits in place of the worker's own defaults, for workspaces that ask for none. */
  resources?: { [Key in keyof Resources]?: Resources[Key] | undefined }
  /** Runs in its workspaces after every start. */
  startScript?: string
}

export type TemplateSource =
  /** Comes with Berth: a folder of resources, built on the worker's Debian or on the image of another such template. */
  | { kind: 'built-in'; folder: string; from?: string }
  /** The user's: a folder with a `Dockerfile`, by its absolute path. */
  | { kind: 'folder'; folder: string }
  /** An image that is on the worker or that a registry gives. */
  | { kind: 'image'; reference: string }
