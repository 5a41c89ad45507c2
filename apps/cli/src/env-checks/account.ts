/** What is said of a synchronisation. */
import { countText, tableText } from '../client/words.ts';
import type { Result, Synchronisation } from './synchronise.ts';

const WORDS: Readonly<Record<Result, string>> = {
  made: 'made',
  mended: 'mended',
  unchanged: 'as it should be',
  found: 'there already',
  replaced: 'has another UUID now',
};

/** `rewritten`: variables whose line in the file is another now. */
export function accountText(
  { checks, duplicates }: Synchronisation,
  file: string,
  rewritten: readonly string[],
): string {
  const rows = checks.map(({ variable, id, name, result, changed }) => [
    variable,
    id,
    name,
    changed.length === 0 ? WORDS[result] : `${WORDS[result]}: ${changed.join(', ')}`,
  ]);
  return [
    ...(rows.length === 0 ? [] : [tableText([['VARIABLE', 'UUID', 'CHECK', 'RESULT'], ...rows])]),
    ...duplicates.map(
      ({ name, id, of }) => `duplicate: ${id} has the name of ${of}, ${name}; vigie checks delete ${id}`,
    ),
    ...checks
      .filter(({ known }) => !known)
      .map(
        ({ variable, name }) =>
          `${variable} is none of the known checks: ${name} keeps the settings that it has`,
      ),
    sumText(checks.map(({ result }) => result)),
    rewritten.length === 0
      ? `${file} is unchanged`
      : `${file} has new values of ${rewritten.join(', ')}: give the file to every machine that uses it`,
  ].join('\n');
}

function sumText(results: readonly Result[]): string {
  const counted = (result: Result): number => results.filter((one) => one === result).length;
  const parts = (['made', 'mended', 'replaced', 'found'] as const)
    .filter((result) => counted(result) > 0)
    .map((result) => `${counted(result)} ${WORDS[result]}`);
  const sum = countText(results.length, 'check');
  return parts.length === 0 ? `${sum}: nothing had to change` : `${sum}: ${parts.join(', ')}`;
}
