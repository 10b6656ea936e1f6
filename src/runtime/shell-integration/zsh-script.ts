/** Where the user's own files are, for the time that `ZDOTDIR` leads to ours. */
export const USER_FOLDER_VARIABLE = 'BERTH_ZDOTDIR'

/**
 * What zsh reads in place of the user's `.zshenv`: it puts `ZDOTDIR` back, so that zsh finds all files of the user by
 * itself, reads the one whose place it took, and then `script`, in interactive shells alone.
 */
export const zshEnvironmentFile = (
  script: string,
): string => `# Written by Berth; set BERTH_SHELL_INTEGRATION=off to do without.
if [[ -n "\${${USER_FOLDER_VARIABLE}+set}" ]]; then
  export ZDOTDIR="$${USER_FOLDER_VARIABLE}"
  unset ${USER_FOLDER_VARIABLE}
else
  unset ZDOTDIR
fi
{
  [[ ! -r "\${ZDOTDIR-$HOME}/.zshenv" ]] || builtin source "\${ZDOTDIR-$HOME}/.zshenv"
} always {
  [[ ! -o interactive || ! -r ${script} ]] || builtin source ${script}
}
`

/**
 * Marks of zsh for terminals, as `bash-script.ts` has them for bash. It begins at the first prompt, after all files of the
 * user, and keeps the user's prompt and hooks.
 */
export const ZSH_SCRIPT = `# Written by Berth; set BERTH_SHELL_INTEGRATION=off to do without.
__berth_first() {
  builtin emulate -L zsh
  builtin zmodload zsh/datetime 2>/dev/null
  typeset -g __berth_started= __berth_folder=
  precmd_functions=("\${(@)precmd_functions:#__berth_first}" __berth_precmd)
  preexec_functions+=(__berth_preexec)
  builtin unfunction __berth_first
  __berth_precmd
}

__berth_preexec() {
  __berth_started=\${EPOCHREALTIME:-none}
  builtin printf '\\033]133;C\\007'
}

__berth_precmd() {
  builtin local code=$? wraps=
  [[ ! -o promptpercent ]] || wraps=yes
  builtin emulate -L zsh
  builtin local duration=
  if [[ -n "$__berth_started" ]]; then
    if [[ "$__berth_started" != none ]]; then
      builtin local -i ms='(EPOCHREALTIME - __berth_started) * 1000'
      duration=";duration=$ms"
    fi
    builtin printf '\\033]133;D;%s%s\\007' "$code" "$duration"
    __berth_started=
  else
    builtin printf '\\033]133;D\\007'
  fi
  if [[ "$PWD" != "$__berth_folder" ]]; then
    __berth_folder=$PWD
    __berth_tell_folder
  fi
  if [[ -n "$wraps" ]]; then
    builtin local before=$'%{\\e]133;A\\a%}' after=$'%{\\e]133;B\\a%}'
    builtin local plain=\${PS1//"$before"/}
    PS1=$before\${plain//"$after"/}$after
  fi
}

__berth_tell_folder() {
  builtin emulate -L zsh
  builtin setopt no_multibyte
  builtin local LC_ALL=C out= byte code
  for byte in "\${(@s::)PWD}"; do
    if [[ "$byte" == [a-zA-Z0-9/._~-] ]]; then
      out+=$byte
    else
      builtin printf -v code '%%%02X' $(( #byte & 255 ))
      out+=$code
    fi
  done
  builtin printf '\\033]7;file://%s%s\\007' "$HOST" "$out"
}

typeset -ga precmd_functions preexec_functions
precmd_functions+=(__berth_first)
`
