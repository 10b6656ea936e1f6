import type { Engine } from '../engine/engine.ts'

/** A running workspace whose image cannot run the runtime. */
export interface Place {
  workspaceId: string
  name: string
  containerId: string
}

/** A place that programs can be started in. */
export interface PreparedPlace extends Place {
  engine: Engine
  /** Where its home volume is. */
  home: string
}
