import { readFileSync } from 'node:fs'

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6']
/** Port 22 and the state ESTABLISHED, as these tables write them (proc_net_tcp in the kernel's documentation). */
const SSH_PORT = '0016'
const ESTABLISHED = '01'

/** Whether somebody is connected to this workspace's SSH server. */
export function sshConnected(): boolean {
  return TABLES.some((table) => holdsSshConnection(read(table)))
}

/** The same of the text of such a table. */
export function holdsSshConnection(table: string): boolean {
  return table.split('\n').some((line) => {
    const [, local, , state] = line.trim().split(/\s+/)
    return local?.endsWith(`:${SSH_PORT}`) === true && state === ESTABLISHED
  })
}

function read(table: string): string {
  try {
    return readFileSync(table, 'latin1')
  } catch {
    return ''
  }
}
