import { randomUuid } from '../../../client/random-uuid.ts'
import { strings } from '../../strings/index.ts'
import { showToast } from '../../ui/toast-store.ts'
import { failureOf } from '../../worker/failure.ts'
import type { Worker } from '../../worker/workers.ts'
import * as arrange from './layout/layout.ts'
import type { Divider } from './layout/pane-geometry.ts'
import type { Side } from './layout/pane-tree.ts'
import { arranged, closed, ended, kept, opened, reopened, restarted, toReopen } from './layout/workspace-tabs.ts'
import { tabsKey } from './tab-store.ts'
import { tabStore } from './tabs.ts'
import { endLater, keepRunning } from './terminal-endings.ts'
import { terminalRegistry } from './terminal-registry.ts'

type Place = { worker: Worker; workspace: string }

/** What can be done with the terminals of a workspace. Where it was done by a person, the keyboard follows. */
export function terminalActions(place: Place) {
  const key = tabsKey(place.worker.id, place.workspace)
  const layout = (): arrange.Layout => tabStore.read(key).layout
  const change = (by: (layout: arrange.Layout) => arrange.Layout): void => {
    tabStore.change(key, (tabs) => arranged(tabs, by))
  }
  const changeAndFollow = (by: (layout: arrange.Layout) => arrange.Layout): void => {
    change(by)
    focusCurrent()
  }
  const focusCurrent = (): void => focusTerminal(arrange.activeTab(layout())?.current)
  /** What is dragged here from elsewhere may be no terminal of this workspace. */
  const moveThere = (id: string, by: (layout: arrange.Layout) => arrange.Layout): void => {
    if (arrange.tabOf(layout(), id) !== undefined) changeAndFollow(by)
  }
  const open = (by: (layout: arrange.Layout, id: string) => arrange.Layout): void => {
    const id = randomUuid()
    tabStore.change(key, (tabs) => opened(tabs, id, (before) => by(before, id)))
    focusCurrent()
  }
  return {
    ...closingOf(place, { key, focusCurrent }),
    focusCurrent,
    /** A new terminal in a tab of its own. */
    open: (): void => open(inOwnTab),
    /** A new terminal beside one that is there. */
    split: (at: string, side: Side): void => open((before, id) => arrange.beside(before, id, { at, side })),
    /** A new terminal in the place of one that has ended. */
    restart: (from: string): void => {
      const id = randomUuid()
      tabStore.change(key, (tabs) => restarted(tabs, from, id))
      focusCurrent()
      void endTerminal(place, from)
    },
    /** Says that the keyboard is in a terminal. */
    focused: (id: string): void => change((before) => arrange.focus(before, id)),
    goTo: (id: string): void => changeAndFollow((before) => arrange.focus(before, id)),
    /** Goes to a terminal wherever it is; from the background it gets a tab. */
    reveal: (id: string): void =>
      changeAndFollow((before) =>
        arrange.tabOf(before, id) === undefined ? inOwnTab(before, id) : arrange.focus(before, id),
      ),
    activate: (tab: string): void => changeAndFollow((before) => arrange.activate(before, tab)),
    toggleZoom: (id: string): void => changeAndFollow((before) => arrange.toggleZoom(before, id)),
    move: (id: string, side: Side): void => changeAndFollow((before) => arrange.towards(before, id, side)),
    moveBeside: (id: string, to: arrange.Beside): void => moveThere(id, (before) => arrange.beside(before, id, to)),
    moveToTab: (id: string, tab: string): void => moveThere(id, (before) => arrange.intoTab(before, id, tab)),
    moveToNewTab: (id: string): void => moveThere(id, (before) => inOwnTab(before, id)),
    /** Shows a terminal that had no tab. */
    show: (id: string, to?: arrange.Beside): void =>
      changeAndFollow((before) => (to === undefined ? inOwnTab(before, id) : arrange.beside(before, id, to))),
    moveTab: (tab: string, index: number): void => change((before) => arrange.moveTab(before, tab, index)),
    resize: (divider: Pick<Divider, 'path' | 'index'>, value: number): void =>
      change((before) => arrange.resize(before, divider, value)),
  }
}

export type TerminalActions = ReturnType<typeof terminalActions>

const inOwnTab = (layout: arrange.Layout, terminal: string): arrange.Layout =>
  arrange.inNewTab(layout, terminal, { id: randomUuid() })

/** Taking terminals out of sight, and back. */
function closingOf(place: Place, { key, focusCurrent }: { key: string; focusCurrent: () => void }) {
  return {
    /** Brings back what this terminal was closed with, or else what was closed last. */
    reopen: (terminal?: string): void => {
      const panes = toReopen(tabStore.read(key), terminal)
      if (panes === undefined) return
      for (const id of panes.terminals) keepRunning(id)
      tabStore.change(key, (tabs) => reopened(tabs, panes, randomUuid()))
      focusCurrent()
    },
    toBackground: (ids: readonly string[]): void => tabStore.change(key, (tabs) => closed(tabs, ids, 'background')),
    /** Takes them off the screen now, and ends them when there was time to think better of it. */
    end: (ids: readonly string[]): void => {
      tabStore.change(key, (tabs) => closed(tabs, ids, 'end'))
      for (const id of ids) {
        endLater(id, () => {
          if (tabStore.read(key).leaving.includes(id)) void endTerminal(place, id)
        })
      }
    },
  }
}

async function endTerminal({ worker, workspace }: Place, id: string): Promise<void> {
  const key = tabsKey(worker.id, workspace)
  try {
    await worker.client.api.terminals.close({ workspace, terminal: id })
  } catch (error) {
    const failure = failureOf(error)
    // One that is not there any more has ended.
    if (failure.code !== 'NOT_FOUND') {
      tabStore.change(key, (tabs) => kept(tabs, [id]))
      showToast({ kind: 'failed', title: strings.terminals.endFailed, body: failure.message })
      return
    }
  }
  terminalRegistry.forget(id)
  tabStore.change(key, (tabs) => ended(tabs, id))
}

/** The keyboard follows to a terminal as soon as it stands on the page. */
function focusTerminal(id: string | undefined): void {
  if (id !== undefined) requestAnimationFrame(() => terminalRegistry.find(id)?.focus())
}
