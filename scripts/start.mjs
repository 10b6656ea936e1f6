/** `npm start [-- --web]`: sets up what is missing, then opens Berth. Runs on any Node ≥ 20.19, without dependencies. */
import { continueUnderPinnedNode } from './setup/enter.mjs'

continueUnderPinnedNode('start/main.ts')
