import { useWorkerInfo, type Worker } from '../../../worker/workers.ts'

const CAPABILITY = 'upload.1'

/** Whether the worker takes files. One of an earlier version may not. */
export function useCanUpload(worker: Pick<Worker, 'id' | 'client'>): boolean {
  return useWorkerInfo(worker).data?.capabilities.includes(CAPABILITY) ?? false
}
