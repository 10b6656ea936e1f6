import { expect, test } from 'vitest'
import { homeIn } from './accounts.ts'

const ROOT = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n'

test.each([
  ['none', '', '/home/workspace'],
  ['the person’s own', 'node:x:1000:1000::/home/node:/bin/sh\n', '/home/node'],
  ['one outside of /home', 'jenkins:x:1000:1000::/var/jenkins_home/:/bin/bash\n', '/var/jenkins_home'],
  ['the root', 'dev:x:1000:1000::/:/bin/sh\n', '/home/dev'],
  ['a folder of the system', 'dev:x:1000:1000::/usr/share/dev:/bin/sh\n', '/home/dev'],
  ['a folder that others share', 'dev:x:1000:1000::/home:/bin/sh\n', '/home/dev'],
  ['no path', 'dev:x:1000:1000::x/../y:/bin/sh\n', '/home/dev'],
  ['that of “workspace” before others', 'a:x:1000:1000::/home/a:/bin/sh\nworkspace:x:1001:1001::/w:/bin/sh\n', '/w'],
])('the home of an image: %s', (_, people, home) => {
  expect(homeIn(`${ROOT}${people}`)).toBe(home)
})
