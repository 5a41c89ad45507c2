import { curlCommand } from '../../components/ping-command.ts';
import type { PingWay } from './search.ts';

/** What a snippet is for. */
export type SnippetUse = 'success' | 'startFail' | 'exit' | 'log' | 'start' | 'fail' | 'line' | 'address';

export interface Snippet {
  use: SnippetUse;
  text: string;
}

interface Target {
  /** The ping URL. */
  url: string;
  email: string;
}

/** How a check is pinged in one way: a plain success first, then with start, failure, exit status. */
export function snippetsFor(way: PingWay, { url, email }: Target): Snippet[] {
  return WAYS[way](url, email);
}

const WAYS: Record<PingWay, (url: string, email: string) => Snippet[]> = {
  bash: (url) => [
    { use: 'success', text: curlCommand(url) },
    { use: 'exit', text: lines(curlCommand(`${url}/start`), 'your-command', curlCommand(`${url}/$?`)) },
    {
      use: 'startFail',
      text: lines(
        `if your-command; then`,
        `  ${curlCommand(url)}`,
        `else`,
        `  ${curlCommand(`${url}/fail`)}`,
        `fi`,
      ),
    },
    {
      use: 'log',
      text: lines(
        'output=$(your-command 2>&1); status=$?',
        `printf '%s' "$output" | curl -fsS -m 10 --retry 5 -o /dev/null --data-binary @- ${url}/$status`,
      ),
    },
  ],
  cron: (url) => [
    { use: 'line', text: `0 3 * * * your-command && ${curlCommand(url)}` },
    { use: 'exit', text: `0 3 * * * your-command; ${curlCommand(`${url}/$?`)}` },
    {
      use: 'start',
      text: `0 3 * * * ${curlCommand(`${url}/start`)}; your-command; ${curlCommand(`${url}/$?`)}`,
    },
  ],
  python: (url) => [
    {
      use: 'success',
      text: lines('import urllib.request', '', `urllib.request.urlopen("${url}", timeout=10)`),
    },
    {
      use: 'startFail',
      text: lines(
        'import urllib.request',
        '',
        'def ping(suffix="", body=b""):',
        '    try:',
        `        urllib.request.urlopen("${url}" + suffix, data=body, timeout=10)`,
        '    except OSError as error:',
        '        print("ping failed:", error)',
        '',
        'ping("/start")',
        'try:',
        '    your_job()',
        'except Exception as error:',
        '    ping("/fail", str(error).encode())',
        '    raise',
        'ping()',
      ),
    },
  ],
  node: (url) => [
    {
      use: 'success',
      text: `await fetch('${url}', { signal: AbortSignal.timeout(10_000) });`,
    },
    {
      use: 'startFail',
      text: lines(
        "async function ping(suffix = '', body = '') {",
        '  try {',
        `    await fetch('${url}' + suffix, { method: 'POST', body, signal: AbortSignal.timeout(10_000) });`,
        '  } catch (error) {',
        "    console.error('ping failed:', error);",
        '  }',
        '}',
        '',
        "await ping('/start');",
        'try {',
        '  await yourJob();',
        '} catch (error) {',
        "  await ping('/fail', String(error));",
        '  throw error;',
        '}',
        'await ping();',
      ),
    },
  ],
  powershell: (url) => [
    { use: 'success', text: `Invoke-RestMethod -TimeoutSec 10 -Uri ${url}` },
    {
      use: 'exit',
      text: lines(
        `Invoke-RestMethod -TimeoutSec 10 -Uri ${url}/start`,
        '& your-command',
        `Invoke-RestMethod -TimeoutSec 10 -Uri "${url}/$LASTEXITCODE"`,
      ),
    },
    {
      use: 'startFail',
      text: lines(
        'try {',
        '  Your-Job -ErrorAction Stop',
        `  Invoke-RestMethod -TimeoutSec 10 -Uri ${url}`,
        '} catch {',
        `  Invoke-RestMethod -TimeoutSec 10 -Method Post -Uri ${url}/fail -Body "$_"`,
        '  throw',
        '}',
      ),
    },
  ],
  mail: (_, email) => [{ use: 'address', text: email }],
};

function lines(...all: string[]): string {
  return all.join('\n');
}
