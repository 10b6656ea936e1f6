/** File systems that hold what the kernel shows, or what is gone with the container: never somebody's home. */
const NOT_FOR_FILES = /^(proc|sysfs|cgroup2?|tmpfs|devtmpfs|devpts|mqueue|securityfs|debugfs|tracefs|bpf|nsfs)$/

/**
 * Folders where something is mounted that can be written and lasts, out of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
 * The root is none of them.
 */
export function lastingMounts(mountinfo: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const line of mountinfo.split('\n')) {
    const [own = '', source = ''] = line.split(' - ')
    const [, , , , point, options = ''] = own.split(' ')
    const [kind = ''] = source.split(' ')
    if (point === undefined || point === '/' || NOT_FOR_FILES.test(kind)) continue
    if (options.split(',').includes('rw')) found.add(decodeOctal(point))
  }
  return found
}

/** Spaces and their like stand in it as octal numbers. */
function decodeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
