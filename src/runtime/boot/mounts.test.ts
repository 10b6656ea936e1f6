import { expect, test } from 'vitest'
import { lastingMounts } from './mounts.ts'

test('volumes that can be written are lasting mounts; the root, what is in memory and what is read only are not', () => {
  const found = lastingMounts(`622 535 0:52 / / rw,relatime master:201 - overlay overlay rw,lowerdir=/a
623 622 0:55 / /proc rw,nosuid - proc proc rw
624 622 0:56 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k
630 622 0:60 / /run/berth rw,nosuid - tmpfs tmpfs rw
631 622 254:1 /volumes/x/_data /home/workspace rw,relatime master:1 - ext4 /dev/vda1 rw,discard
632 622 254:1 /volumes/y/_data /home/with\\040space rw,relatime - ext4 /dev/vda1 rw
633 622 254:1 /volumes/r/_data /opt/berth ro,relatime - ext4 /dev/vda1 rw
nonsense
`)
  expect([...found]).toEqual(['/home/workspace', '/home/with space'])
})
