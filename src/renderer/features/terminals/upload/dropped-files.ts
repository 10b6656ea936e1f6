/** What somebody wants in the workspace: files, and the names of folders, which are not taken. */
export type DroppedFiles = { files: readonly File[]; folders: readonly string[] }

/** Whether what is dragged comes from outside as files. What they are is told only when they are dropped. */
export const holdsFiles = ({ types }: Pick<DataTransfer, 'types'>): boolean => types.includes('Files')

/** What was dropped. Only for as long as the event is dispatched. */
export function droppedFiles({ items }: Pick<DataTransfer, 'items'>): DroppedFiles {
  const files: File[] = []
  const folders: string[] = []
  for (const item of Array.from(items)) {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    const file = item.getAsFile()
    if (entry?.isDirectory === true) folders.push(entry.name)
    else if (file !== null) files.push(file)
  }
  return { files, folders }
}

/** Asks for files; of a dialog that is left, nothing comes. */
export function chooseFiles(onChosen: (chosen: DroppedFiles) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.addEventListener('change', () => onChosen({ files: Array.from(input.files ?? []), folders: [] }))
  input.click()
}
