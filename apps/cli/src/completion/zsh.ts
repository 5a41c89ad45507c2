import type { Command, Words } from '../command.ts';
import { quoted } from './offered.ts';

/** A script for `eval "$(vigie completion zsh)"`, or for a file `_vigie` in a folder of `$fpath`. */
export function zshCompletion(commands: readonly Command[]): string {
  return `#compdef vigie
# Completion of vigie in zsh: eval "$(vigie completion zsh)"
_vigie() {
  local -a offered
  local -i end=\${words[(i)--]}
  if (( end < CURRENT )); then
    words=("\${(@)words[end + 1,-1]}")
    (( CURRENT -= end ))
    _normal
    return
  fi
  if (( CURRENT == 2 )); then
    offered=(
${commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`).join('\n')}
    )
    _describe command offered
    compadd -- help --help --version
    return
  fi
  case $words[2] in
${commands.map(commandCase).join('\n')}
  esac
  compadd -a offered
  [[ $words[CURRENT] == -* ]] || _files
}
(( $+functions[compdef] )) && compdef _vigie vigie`;
}

function commandCase({ name, words, actions }: Command): string {
  if (actions === undefined) return `    ${name}) offered=(${listOf(words)}) ;;`;
  const cases = [...actions].map(([action, own]) => `        ${action}) offered=(${listOf(own)}) ;;`);
  return `    ${name})
      if (( CURRENT == 3 )); then
        compadd -- ${listOf(words)}
        return
      fi
      case $words[3] in
${cases.join('\n')}
      esac ;;`;
}

function listOf({ flags, choices }: Words): string {
  return [...(choices ?? []), ...flags.map(({ name }) => name), '--help'].join(' ');
}
