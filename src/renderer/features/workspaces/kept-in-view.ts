import { useSyncExternalStore } from 'react'

/** A creation that a person wants to see wherever they go in this window. */
export type KeptCreation = { worker: string; workspace: string }

const isSame = (one: KeptCreation, other: KeptCreation): boolean =>
  one.worker === other.worker && one.workspace === other.workspace

/** Which creations are kept in view, in the order in which that was asked for. Lasts as long as the page. */
export function createKeptInView() {
  let kept: readonly KeptCreation[] = []
  const listeners = new Set<() => void>()
  const publish = (next: readonly KeptCreation[]): void => {
    kept = next
    for (const listener of listeners) listener()
  }
  const drop = (target: KeptCreation): void => publish(kept.filter((one) => !isSame(one, target)))
  return {
    /** The same array until something changed. */
    read: (): readonly KeptCreation[] => kept,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    drop,
    toggle: (target: KeptCreation): void => {
      if (kept.some((one) => isSame(one, target))) drop(target)
      else publish([...kept, target])
    },
  }
}

export const keptInView = createKeptInView()

export function useKeptInView(): readonly KeptCreation[] {
  return useSyncExternalStore(keptInView.subscribe, keptInView.read)
}

export function useIsKept(target: KeptCreation): boolean {
  return useKeptInView().some((one) => isSame(one, target))
}
