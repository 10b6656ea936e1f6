/** What the worker of this computer is called, as a name of its own. */
export const THIS_COMPUTER = 'This computer'

/** A worker's name within a sentence, where our own for this computer begins small. */
export const inSentence = (worker: string): string => (worker === THIS_COMPUTER ? 'this computer' : worker)
