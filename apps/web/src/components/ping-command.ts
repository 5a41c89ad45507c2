/** Commands that report to a check: the same words wherever the pages show one. */

/** Seconds after which a try of a ping is given up, and how often it is tried again: a job must not hang on it. */
const PATIENCE = '-m 10 --retry 5';

/** The command that pings an address. */
export function curlCommand(url: string): string {
  return `curl -fsS ${PATIENCE} -o /dev/null ${url}`;
}

/** The command that reports how the one before it ended: 0 is a success, whatever else a failure that is told at once. */
function reportCommand(url: string): string {
  return curlCommand(`${url}/$?`);
}

/**
 * A line of a crontab, or a command, that reports how it ended. The report goes before what cron hands to the
 * command as its input (after a bare `%`), before a comment, and into the background with the command.
 */
export function withPing(line: string, url: string): string {
  const end = endOfCommand(line);
  const rest = line.slice(end);
  const command = line.slice(0, end).trimEnd().replace(/;+$/, '').trimEnd();
  const gap = rest === '' || rest.startsWith('%') ? '' : ' ';
  if (/[^&]&$/.test(command)) return `${inBackground(command.slice(0, -1).trimEnd(), url)}${gap}${rest}`;
  return `${command}; ${reportCommand(url)}${gap}${rest}`;
}

/** Five fields or a shorthand at the beginning are the schedule's, which stays outside of the brackets. */
function inBackground(line: string, url: string): string {
  const [schedule = ''] = /^\s*(?:@\w+|(?:[\d*]\S*\s+){2}(?:\S+\s+){2}\S+)\s+/.exec(line) ?? [];
  return `${schedule}(${line.slice(schedule.length)}; ${reportCommand(url)}) &`;
}

/** Where a bare `%` or an unquoted comment begins; else the end. */
function endOfCommand(line: string): number {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    if (letter === '\\') at++;
    else if (letter === '%') return at;
    else if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '#' && /\s/.test(line.charAt(at - 1))) return at;
  }
  return line.length;
}
