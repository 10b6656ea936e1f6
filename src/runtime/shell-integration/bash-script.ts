/**
 * Marks of bash for terminals: the folder (OSC 7), and where prompts, output and ends of commands are (OSC 133), with the
 * exit code and how long it took. It is read at the first prompt, after the user's own files, and works with bash 4.4
 * and later; in another it does nothing. It keeps `$?`, the user's prompt and the user's own prompt commands.
 */
export const BASH_SCRIPT = `# Written by Berth; set BERTH_SHELL_INTEGRATION=off to do without.
[ -z "$__berth_here" ] || return 0
__berth_here=1

__berth_keep() {
  __berth_status=$?
  return "$__berth_status"
}

# For whoever comes next, $? is what it was.
__berth_again() {
  return "$__berth_status"
}

__berth_tell_folder() {
  local LC_ALL=C text=$PWD out= byte code i
  for ((i = 0; i < \${#text}; i++)); do
    byte=\${text:i:1}
    case $byte in
      [a-zA-Z0-9/._~-]) out+=$byte ;;
      *)
        printf -v code %d "'$byte"
        printf -v code '%%%02X' "$((code & 255))"
        out+=$code
        ;;
    esac
  done
  printf '\\033]7;file://%s%s\\007' "$HOSTNAME" "$out"
}

__berth_prompt() {
  local -
  set +eux
  local duration= plain
  if [ -n "$__berth_started" ]; then
    if [ "$__berth_started" -gt 1 ]; then
      duration=\${EPOCHREALTIME/[.,]/}
      duration=";duration=$(((duration - __berth_started) / 1000))"
    fi
    printf '\\033]133;D;%s%s\\007' "$__berth_status" "$duration"
    __berth_started=
  else
    printf '\\033]133;D\\007'
  fi
  if [ "$PWD" != "$__berth_folder" ]; then
    __berth_folder=$PWD
    __berth_tell_folder
  fi
  plain=\${PS1//"$__berth_before"/}
  PS1=$__berth_before\${plain//"$__berth_after"/}$__berth_after
}

__berth_install() {
  local loader="[ ! -r $1 ] || . $1" index
  __berth_before='\\[\\e]133;A\\a\\]'
  __berth_after='\\[\\e]133;B\\a\\]'
  __berth_none= __berth_started= __berth_folder= __berth_status=0
  if [ "\${BASH_VERSINFO[0]}" -ge 5 ]; then
    PS0=$PS0'\\e]133;C\\a\${__berth_none:$((__berth_started=\${EPOCHREALTIME/[.,]/},0)):0}'
  else
    PS0=$PS0'\\e]133;C\\a\${__berth_none:$((__berth_started=1,0)):0}'
  fi
  for index in "\${!PROMPT_COMMAND[@]}"; do
    PROMPT_COMMAND[index]=\${PROMPT_COMMAND[index]//"$loader"/__berth_again}
  done
  # An array has its parts run one by one; a string is one part.
  if [ "\${#PROMPT_COMMAND[@]}" -gt 1 ]; then
    PROMPT_COMMAND=(__berth_keep "\${PROMPT_COMMAND[@]}" __berth_prompt)
  else
    PROMPT_COMMAND=__berth_keep$'\\n'$PROMPT_COMMAND$'\\n'__berth_prompt
  fi
  export -n PROMPT_COMMAND
  __berth_prompt
}

# Before 4.4 nothing tells when a command begins; without promptvars that is not measured.
if [ "\${BASH_VERSINFO[0]}\${BASH_VERSINFO[1]}" -ge 44 ] && shopt -q promptvars; then
  __berth_install "\${BASH_SOURCE[0]}"
fi
`
