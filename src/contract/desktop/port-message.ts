/** Tag of the window message that hands a port over, and the IPC channel on which preload passes it to main. */
export const PORT_MESSAGE = 'berth:port'
