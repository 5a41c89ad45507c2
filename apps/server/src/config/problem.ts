/** One thing wrong with the configuration. A secret's value is never in it. */
export interface Problem {
  /** The environment variable, flag or path in the file. */
  name: string;
  /** What was given, shortened; `***` for a secret; empty where something is missing or its name is unknown. */
  value: string;
  reason: string;
  file?: string;
  line?: number;
}

/** The start, or a reload, was refused. The message lists every problem, one a line. */
export class ConfigError extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map(problemLine).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Stands for every value that may be a secret. */
export const HIDDEN = '***';

/** Long enough to recognise a value, short enough for a line of log. */
const SHOWN_CHARACTERS = 60;

/** A value as problems show it: quoted, on one line, shortened, without the login of a URL; hidden where it is secret. */
export function shownValue(value: unknown, secret: boolean): string {
  if (secret) return HIDDEN;
  const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const text = whole.replace(/\/\/[^/@\s]*@/g, `//${HIDDEN}@`);
  const short = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text;
  return typeof value === 'string' ? JSON.stringify(short) : short;
}

/** A name that is not ours, as problems show it: as it is if it looks like a name, else quoted and shortened. */
export function shownName(name: string): string {
  return /^[\w.-]{1,60}$/.test(name) ? name : shownValue(name, false);
}

/** A problem in a line: `vigie.yml:3: services.A.kind: is not known`. */
export function problemLine({ name, value, reason, file, line }: Problem): string {
  const place = file === undefined ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `;
  const subject = value === '' ? name : `${name}=${value}`;
  return `${place}${subject}${subject === '' ? '' : ': '}${reason}`;
}
