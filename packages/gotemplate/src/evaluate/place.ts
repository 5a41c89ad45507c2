import { quote } from '../format/quote.ts';
import type { Command, Node, Operand, Tree } from '../syntax/ast.ts';
import { print, printAction } from '../syntax/print.ts';
import { TemplateError, type TemplateFault } from '../template-error.ts';
import { utf8Length } from '../values/utf8.ts';

export type Placed = Node | Operand | Command;

/** Where an execution is: errors say it as Go does. */
export class Place {
  readonly tree: Tree;
  #node: Placed | undefined;

  constructor(tree: Tree) {
    this.tree = tree;
  }

  at(node: Placed): void {
    this.#node = node;
  }

  fail(message: string): never {
    throw this.error('execute', message);
  }

  error(fault: TemplateFault, message: string): TemplateError {
    const node = this.#node;
    const { name, source } = this.tree;
    if (node === undefined) return new TemplateError(fault, `template: ${name}: ${message}`);
    const before = source.text.slice(0, node.at);
    const lineStart = before.lastIndexOf('\n') + 1;
    const line = before.split('\n').length;
    const column = utf8Length(before.slice(lineStart));
    const where = `${source.name}:${line}:${column}: executing ${quote(name)} at <${shown(node)}>`;
    return new TemplateError(fault, `template: ${where}: ${message}`);
  }
}

function shown(node: Placed): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'action':
      return printAction('', node.pipeline);
    case 'if':
    case 'with':
    case 'range':
      return printAction(node.kind, node.pipeline);
    case 'template':
      return printAction(`template ${quote(node.name)}`, node.pipeline);
  }
  return print(node);
}
