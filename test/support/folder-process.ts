/** A process of its own that claims a folder and holds it until it is killed: `node folder-process.ts <folder>`. */
import { claimFolder } from '../../src/agent/store/folder.ts'

await claimFolder(process.argv[2] ?? '')
process.stdout.write('claimed\n')
