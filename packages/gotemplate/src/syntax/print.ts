import type { Command, Operand, Pipeline } from './ast.ts';

/** A node as the messages of errors show it: `<.Labels.job | title>`. */
export function print(node: Operand | Command): string {
  switch (node.kind) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'string':
    case 'number':
      return node.text;
    case 'identifier':
      return node.name;
    case 'field':
      return fields(node.names);
    case 'variable':
      return node.name + fields(node.fields);
    case 'chain':
      return inParentheses(node.operand) + fields(node.fields);
    case 'command':
      return node.words.map(inParentheses).join(' ');
    case 'pipeline':
      return printPipeline(node);
  }
}

/** The action or branch that begins with a word and a pipeline. */
export function printAction(word: string, pipeline: Pipeline | undefined): string {
  const words = [word, pipeline === undefined ? '' : printPipeline(pipeline)].filter((part) => part !== '');
  return `{{${words.join(' ')}}}`;
}

function printPipeline({ variables, assigns, commands }: Pipeline): string {
  const sign = assigns ? '=' : ':=';
  const declared = variables.length === 0 ? '' : `${variables.join(', ')} ${sign} `;
  return declared + commands.map(print).join(' | ');
}

function inParentheses(node: Operand): string {
  return node.kind === 'pipeline' ? `(${print(node)})` : print(node);
}

function fields(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join('');
}
