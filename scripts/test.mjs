/** `npm test`: sets up what is missing, then runs every check and test. Runs on any Node ≥ 20.19, without dependencies. */
import { continueUnderPinnedNode } from './setup/enter.mjs'

continueUnderPinnedNode('testing/main.ts')
