/** A line in which a program says that it could not reach a server: of apt, curl, wget, npm, pip, git, Go. */
const NO_NETWORK =
  /temporary failure (?:in name resolution|resolving)|could(?: not|n't) resolve|unable to resolve host|name or service not known|no such host|could(?: not|n't) connect to|cannot initiate the connection|failed to connect to|unable to connect to|failed to establish a new connection|network is unreachable|no route to host|connection (?:timed out|refused)|i\/o timeout|\b(?:EAI_AGAIN|ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH)\b/i

/** A line in which a program says that it failed. */
const FAILURE =
  /^(?:E|W|Err|Error|fatal|ERROR)\b[:!]?|^[\w./-]+: (?:\(\d+\) |.*\berror\b)|\b(?:error|failed|cannot|not found)\b/i

/** What builders say of their own doings, and programs of their progress. */
const NOISE =
  /^(?:Step \d+\/\d+ |---> |Removing intermediate container |Get:\d|Hit:\d|Ign:\d|Reading package lists|Building dependency tree|Reading state information)/

const MOST_LINES = 3
const LONGEST = 300

/** Whether a build's output says that something in it could not reach a server. */
export function saysNoNetwork(lines: readonly string[]): boolean {
  return lines.some((line) => NO_NETWORK.test(line))
}

/**
 * Why a build failed, out of the end of its output: the last lines in which a program complains, else the last lines
 * whatever they say, as one line of at most 300 characters. Empty where the build printed nothing of its own.
 */
export function failureWords(lines: readonly string[]): string {
  const said = lines.map((line) => line.trim()).filter((line) => line !== '' && !NOISE.test(line))
  const complaints = said.filter((line) => FAILURE.test(line) || NO_NETWORK.test(line))
  const chosen = [...new Set((complaints.length > 0 ? complaints : said).slice(-MOST_LINES))].join(' · ')
  return chosen.length <= LONGEST ? chosen : `${chosen.slice(0, LONGEST - 1)}…`
}
