/** What kind of thing went wrong: the text of a template, its execution, or a bound that it ran into. */
export type TemplateFault = 'parse' | 'execute' | 'limit';

/** The only error that parsing and executing a template throws. Its message is worded as Go words it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly fault: TemplateFault;

  constructor(fault: TemplateFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Why a function refused its arguments. The call adds where, and makes a `TemplateError` of it. */
export class CallError extends Error {
  override readonly name = 'CallError';
}

/** A bound was reached. The execution adds where, and makes a `TemplateError` of it. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}
