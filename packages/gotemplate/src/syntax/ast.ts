/** The tree of a template. `at` is where a node's first token stands, in code units. */

export interface NumberNode {
  readonly kind: 'number';
  readonly at: number;
  readonly text: string;
  /** The value as an int, if it is one; a float with no fraction is one too. */
  readonly int?: bigint;
  readonly float: number;
  /** What the number is where nothing else is asked of it; an int that is too large is neither. */
  readonly ideal: 'int' | 'float' | 'overflow';
}

export type Operand =
  | { readonly kind: 'dot'; readonly at: number }
  | { readonly kind: 'nil'; readonly at: number }
  | { readonly kind: 'bool'; readonly at: number; readonly value: boolean }
  | { readonly kind: 'string'; readonly at: number; readonly text: string; readonly value: string }
  | NumberNode
  | FieldNode
  | VariableNode
  | IdentifierNode
  | ChainNode
  | Pipeline;

export interface FieldNode {
  readonly kind: 'field';
  readonly at: number;
  readonly names: readonly string[];
}

export interface VariableNode {
  readonly kind: 'variable';
  readonly at: number;
  /** With its dollar. */
  readonly name: string;
  readonly fields: readonly string[];
}

export interface IdentifierNode {
  readonly kind: 'identifier';
  readonly at: number;
  readonly name: string;
}

/** Fields of what an operand gives: `(index . 0).name`. */
export interface ChainNode {
  readonly kind: 'chain';
  readonly at: number;
  readonly operand: Operand;
  readonly fields: readonly string[];
}

export interface Command {
  readonly kind: 'command';
  readonly at: number;
  readonly words: readonly [Operand, ...Operand[]];
}

export interface Pipeline {
  readonly kind: 'pipeline';
  readonly at: number;
  /** Variables, with their dollars, that get the value. */
  readonly variables: readonly string[];
  /** Whether the variables exist already. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

export type List = readonly Node[];

export interface Branch {
  readonly kind: 'if' | 'with' | 'range';
  readonly at: number;
  readonly pipeline: Pipeline;
  readonly list: List;
  readonly otherwise?: List;
}

export interface TemplateNode {
  readonly kind: 'template';
  readonly at: number;
  readonly name: string;
  readonly pipeline?: Pipeline;
}

export interface Action {
  readonly kind: 'action';
  readonly at: number;
  readonly pipeline: Pipeline;
}

export type Node =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'break' | 'continue'; readonly at: number }
  | Action
  | Branch
  | TemplateNode;

/** One named template. */
export interface Tree {
  readonly name: string;
  /** What the text it stands in is called, and that text: errors say where they are in it. */
  readonly source: { readonly name: string; readonly text: string };
  readonly list: List;
}
