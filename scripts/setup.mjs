/** `npm run setup`: sets up what `npm start` would, and starts nothing. Runs on any Node ≥ 20.19, without dependencies. */
import { continueUnderPinnedNode } from './setup/enter.mjs'

continueUnderPinnedNode('setup/main.ts')
