import type { Row } from '../table.ts'

/** Something that is measured: one row of the table, or several that come of one run. */
export interface Figure {
  name: string
  /** Left out unless `--soak` is asked for: it takes minutes. */
  isSoak?: true
  measure: () => Promise<Row[]>
}
