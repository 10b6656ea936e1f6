import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PROJECT_FOLDER } from '../setup/project.mjs'

const PAGE = path.join(PROJECT_FOLDER, 'out/sign-in.html')

/**
 * Writes a page that leads to `url` and that this user alone may read, in place of an earlier one; resolves with its path. A
 * browser is asked to show this page because arguments of programs can be read by every user of the computer, and
 * `url` holds a pairing code.
 */
export async function writeSignInPage(url: URL, file = PAGE): Promise<string> {
  await rm(file, { force: true })
  await writeFile(file, pageLeadingTo(url.href.replaceAll('&', '&amp;')), { mode: 0o600, flag: 'wx' })
  return file
}

/** No quote or angle bracket stands in the `href` of a `URL`. */
function pageLeadingTo(href: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>Berth</title>
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${href}">
<p><a href="${href}">Open Berth</a></p>
`
}
