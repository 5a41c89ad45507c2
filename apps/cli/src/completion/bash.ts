import type { Command, Words } from '../command.ts';
import { globalWords } from './offered.ts';

/** A script for `eval "$(vigie completion bash)"`. */
export function bashCompletion(commands: readonly Command[]): string {
  return `# Completion of vigie in bash: eval "$(vigie completion bash)"
_vigie() {
  local current=\${COMP_WORDS[COMP_CWORD]} words='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == -- ]] || continue
    ((i < COMP_CWORD - 1)) || mapfile -t COMPREPLY < <(compgen -c -- "$current")
    return
  done
  if ((COMP_CWORD == 1)); then
    words='${globalWords(commands).join(' ')}'
  else
    case \${COMP_WORDS[1]} in
${commands.map(commandCase).join('\n')}
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _vigie vigie`;
}

function commandCase({ name, words, actions }: Command): string {
  if (actions === undefined) return `      ${name}) words='${listOf(words)}' ;;`;
  const cases = [...actions].map(([action, own]) => `          ${action}) words='${listOf(own)}' ;;`);
  return `      ${name})
        ((COMP_CWORD == 2)) && words='${listOf(words)}' || case \${COMP_WORDS[2]} in
${cases.join('\n')}
        esac ;;`;
}

function listOf({ flags, choices }: Words): string {
  return [...(choices ?? []), ...flags.map(({ name }) => name), '--help'].join(' ');
}
