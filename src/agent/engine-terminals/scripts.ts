/**
 * What is run in images that cannot run the runtime, by their own `/bin/sh`, which may be the least of its kind (dash,
 * busybox). Each is a constant: what varies comes as arguments and on standard input, never as text of a script.
 */

/** Where each program that the agent started is noted: a file of its first process's `/proc/<pid>/stat`, by its id. */
const NOTES = '/run/berth/terminals'
const ENVIRONMENT = '/run/berth/env'

/** Sets what `/proc/<pid>/stat` says of a process (proc(5)); its name may hold anything, so the rest is read from behind. */
const STAT = `stat_of() {
  { read -r line < "/proc/$1/stat"; } 2> /dev/null || return 1
  name=\${line#*(} name=\${name%)*}
  set -- \${line##*) }
  state=$1 parent=$2 session=$4 terminal=$5 foreground=$6 began=\${20}
}
pause() { sleep 0.1 2> /dev/null || sleep 1; }
`

/** As root: \`$1\` uid, \`$2\` gid, \`$3\` home volume; the environment file on standard input. */
export const PREPARE = `umask 022
mkdir -p ${NOTES} && chmod 1777 ${NOTES} || exit 1
umask 077
while IFS= read -r line; do printf '%s\\n' "$line"; done > ${ENVIRONMENT}.draft
if [ "$1" != 0 ]; then chown "$1:$2" ${ENVIRONMENT}.draft "$3" || exit 1; fi
mv -f ${ENVIRONMENT}.draft ${ENVIRONMENT} || exit 1
[ -e /workspace ] || ln -s "$3" /workspace 2> /dev/null || :
`

/** Prints uid and gid of whoever runs it. */
export const IDENTITY = `while read -r key id rest; do
  case $key in Uid:) uid=$id ;; Gid:) printf '%s %s' "$uid" "$id" ;; esac
done < /proc/self/status
`

const BEGIN = `id=$1 folder=$2
shift 2
[ -r ${ENVIRONMENT} ] && . ${ENVIRONMENT}
export WORKSPACE_PATH="$1"
shift
cd "\${folder:-$WORKSPACE_PATH}" || exit 126
IFS= read -r line < /proc/$$/stat && printf '%s\\n' "$line" > "${NOTES}/$id"
`

/**
 * In a PTY: \`$1\` id, \`$2\` folder or nothing, \`$3\` home volume, \`$4\` rows, \`$5\` columns, then argv, or nothing for a
 * shell. The engine is told the size only once the program runs, which would look at another one first.
 */
export const TERMINAL = `${BEGIN}stty rows "$1" cols "$2" 2> /dev/null
shift 2
export TERM=xterm-256color COLORTERM=truecolor
if [ $# -eq 0 ]; then
  if [ -x /bin/bash ]; then set -- /bin/bash -l; else set -- /bin/sh; fi
fi
exec "$@"
`

/** Without a PTY: as TERMINAL, with \`$4\` a line that ends the exports which come first on standard input. */
export const COMMAND = `${BEGIN}end=$1 exports=
shift
while IFS= read -r line && [ "$line" != "$end" ]; do exports="$exports$line
"; done
eval "$exports"
exec "$@"
`

/**
 * Ends sessions with everything in them, and what descends from that in sessions of its own: \`$1\` is sent, then KILL
 * after \`$2\` tenths of a second. The ids follow; without any, all that are noted. Prints the pids that remain.
 */
export const END = `${STAT}first=$1 tenths=$2 leaders= members=
shift 2
cd ${NOTES} 2> /dev/null || exit 0
if [ $# -eq 0 ]; then set -- *; waits=0; else waits=20; fi
note_of() { pid=\${1%% *}; set -- \${1##*) }; noted=\${20}; }
for id; do
  until [ -f "$id" ] || [ $waits -eq 0 ]; do waits=$((waits - 1)); pause; done
  [ -f "$id" ] && IFS= read -r line < "$id" || continue
  note_of "$line"
  case $pid in '' | *[!0-9]*) continue ;; esac
  if stat_of "$pid" && [ "$began" != "$noted" ]; then continue; fi
  leaders="$leaders $pid"
done
look() {
  more=yes
  while [ "$more" ]; do
    more=
    for dir in /proc/[0-9]*; do
      pid=\${dir#/proc/}
      case " $members " in *" $pid "*) continue ;; esac
      stat_of "$pid" && [ "$state" != Z ] || continue
      case " $leaders " in *" $session "*) ;; *) case " $members " in *" $parent "*) ;; *) continue ;; esac ;; esac
      members="$members $pid" more=yes
    done
  done
  left=
  for pid in $members; do stat_of "$pid" && [ "$state" != Z ] && left="$left $pid"; done
}
look
if [ "$left" ]; then kill "-$first" $left; kill -CONT $left; fi 2> /dev/null
while look; [ "$left" ] && [ $tenths -gt 0 ]; do tenths=$((tenths - 1)); pause; done
tenths=20
while [ "$left" ] && [ $tenths -gt 0 ]; do
  kill -KILL $left 2> /dev/null
  tenths=$((tenths - 1))
  pause
  look
done
printf '%s' "$left"
rm -f -- "$@"
`

/** Sends \`$1\` to what is in the foreground of the terminal \`$2\`. */
export const SIGNAL = `${STAT}IFS= read -r line < "${NOTES}/$2" && stat_of "\${line%% *}" && [ "$foreground" -gt 0 ] && kill "-$1" "-$foreground"
`

/**
 * As root, before the container stops: TERM to all but what keeps it running, HUP to those in terminals, then a wait of
 * \`$1\` tenths of a second. Prints the pids that remain.
 */
export const END_ALL = `${STAT}tenths=$1 entry=
for dir in /proc/[0-9]*; do
  pid=\${dir#/proc/}
  stat_of "$pid" && [ "$parent" = 1 ] && [ "$name" = sleep ] || continue
  if [ -z "$entry" ] || [ "$pid" -lt "$entry" ]; then entry=$pid; fi
done
look() {
  left= hanging=
  for dir in /proc/[0-9]*; do
    pid=\${dir#/proc/}
    case $pid in 1 | $$ | "$entry") continue ;; esac
    stat_of "$pid" && [ "$state" != Z ] && [ "$parent" != $$ ] || continue
    left="$left $pid"
    [ "$terminal" = 0 ] || hanging="$hanging $pid"
  done
}
look
{
  [ -z "$left" ] || kill -TERM $left
  [ -z "$hanging" ] || kill -HUP $hanging
  [ -z "$left" ] || kill -CONT $left
} 2> /dev/null
while look; [ "$left" ] && [ $tenths -gt 0 ]; do tenths=$((tenths - 1)); pause; done
printf '%s' "$left"
`
