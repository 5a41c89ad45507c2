/** How the command ends; `vigie --help` and the manual list them. `vigie exec` ends as the command that it runs. */
export const EXIT = { ok: 0, failure: 1, usage: 2, late: 3, down: 4 } as const;

/** What each code says, in the order of the codes. */
export const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done',
  failure: 'failed',
  usage: 'the command line makes no sense',
  late: 'status: something is late',
  down: 'status: something is down, or an alert fires',
};
