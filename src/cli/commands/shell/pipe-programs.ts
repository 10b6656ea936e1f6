/** What a pipe's far end says when it listens; everything before it is a complaint, or its terminal's own echo. */
export const READY_BYTE = 0x06

/** A terminal that changes nothing: no echo, no line ends, no signals, no flow control by keys. */
const PLAIN_TERMINAL = 'stty raw -echo || exit 125'

/**
 * Runs a program with pipes at all three ends and a session of its own, so that it finds no terminal. Terminals have no
 * end of input for bytes that may hold any value, so input comes in blocks (`input-blocks.ts`). They are read in the
 * background: a program which wants none of it still ends. `dd` because it reads no byte beyond its block. Output goes
 * through the terminal, errors through another one (`errorsProgram`). Opening a named pipe waits for its other end,
 * which puts all in order.
 */
const RUN = `folder=$1; shift
${PLAIN_TERMINAL}
trap 'rm -rf "$folder"' EXIT
trap 'exit 129' HUP INT TERM
mkdir -m 700 "$folder" && mkfifo "$folder/in" "$folder/out" "$folder/err" || exit 125
exec 3<&0
printf '\\006'
while read -r size <&3 && [ "$size" -gt 0 ] && dd bs="$size" count=1 iflag=fullblock <&3 2>/dev/null
do :; done >"$folder/in" &
cat "$folder/out" 3<&- &
reader=$!
[ $# -gt 0 ] || set -- "\${SHELL:-/bin/sh}"
inner='exec <"$1/in" >"$1/out" 2>"$1/err" 3<&-; shift; "$@"; exit $?'
if setsid -w true 2>/dev/null; then set -- setsid -w sh -c "$inner" ws "$folder" "$@"
else set -- sh -c "$inner" ws "$folder" "$@"; fi
"$@"
code=$?
: <>"$folder/out"; : <>"$folder/err"
wait "$reader"
exit $code`

const ERRORS = `${PLAIN_TERMINAL}
printf '\\006'
exec cat "$1/err"`

/** Argv that runs `command` (empty: the user's shell) with pipes, which are made in `folder`. */
export function runProgram(folder: string, command: readonly string[]): string[] {
  return ['/bin/sh', '-c', RUN, 'ws', folder, ...command]
}

/** Argv that brings what the program of `folder` writes to its standard error. To be started when that one is ready. */
export function errorsProgram(folder: string): string[] {
  return ['/bin/sh', '-c', ERRORS, 'ws', folder]
}
