/** `node scripts/pack-testable-app.ts`: packs what has been built so that a test can drive it; the last line is its program. */
import { packTestableApp } from './packaging/testable-app.ts'

console.log(await packTestableApp())
