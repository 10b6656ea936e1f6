import { readFile } from 'node:fs/promises'

interface Place {
  name: string
  start: number
  end: number
}

/** The part of jscpd's report that is read here. */
interface Report {
  duplicates: { lines: number; firstFile: Place; secondFile: Place }[]
}

/** One line for each pair of places that say the same, from jscpd's JSON report. */
export async function readDuplicates(file: string): Promise<string[]> {
  const report = JSON.parse(await readFile(file, 'utf8')) as Report
  return report.duplicates.map(({ lines, firstFile, secondFile }) => {
    const place = ({ name, start, end }: Place) => `${name}:${start}-${end}`
    return `${lines} lines stand twice: ${place(firstFile)} and ${place(secondFile)}; write them once.`
  })
}
