import { holdsFiles } from './dropped-files.ts'

/** Keeps the page where it is when files are dropped where nothing takes them: a browser would go to the file instead. */
export function refuseStrayFiles(page: Document): void {
  const refuse = (event: DragEvent): void => {
    // What takes files has said so before the event comes up to the page.
    if (event.defaultPrevented || event.dataTransfer === null || !holdsFiles(event.dataTransfer)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  }
  page.addEventListener('dragover', refuse)
  page.addEventListener('drop', refuse)
}
