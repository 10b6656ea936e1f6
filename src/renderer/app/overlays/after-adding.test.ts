import { expect, it } from 'vitest'
import { strings } from '../../strings/index.ts'
import { readToasts } from '../../ui/toast-store.ts'
import { afterAdding } from './after-adding.ts'

/** The workers that were gone to, and the toasts, after a worker was added. */
function after(isWaitedFor: boolean) {
  const opened: string[] = []
  const before = readToasts()
  afterAdding({ worker: { id: 'w-1', label: 'atlas' }, isWaitedFor, openWorker: (id) => opened.push(id) })
  return { opened, toasts: readToasts().filter((toast) => !before.includes(toast)) }
}

it('goes to a worker that was waited for', () => {
  expect(after(true)).toEqual({ opened: ['w-1'], toasts: [] })
})

it('leaves whoever closed the dialog where they are, with a way there', () => {
  const { opened, toasts } = after(false)
  expect(opened).toEqual([])
  expect(toasts).toMatchObject([{ title: strings.addWorker.added('atlas'), action: { label: strings.workers.open } }])
  toasts[0]?.action?.run()
  expect(opened).toEqual(['w-1'])
})
