import type { ConfigChange, ConfigField, ConfigPlan } from '@vigie/contract';

const MARKS = { create: '+', update: '~', delete: '-', release: '=' } as const;
/** Characters of a value that are shown. */
const SHOWN = 80;

/** What a plan changes, for people: `+` is made, `~` changed, `-` deleted, `=` let go. */
export function planText({ changes, unchanged, tenants }: ConfigPlan, tense: 'would' | 'did'): string {
  const count = (action: ConfigChange['action']) =>
    changes.filter((change) => change.action === action).length;
  const verbs = tense === 'would' ? ['to make', 'to change', 'to delete'] : ['made', 'changed', 'deleted'];
  const sums = (['create', 'update', 'delete'] as const).map((action, n) => `${count(action)} ${verbs[n]}`);
  const total = [...sums, `${unchanged} unchanged`].join(', ');
  return [
    ...changes.map(changeText),
    ...(tenants === null ? [] : [`${tenants} ${tenants === 1 ? 'tenant' : 'tenants'}`]),
    changes.length === 0 ? `nothing to change, ${unchanged} unchanged` : total,
  ].join('\n');
}

function changeText({ action, noun, key, fields }: ConfigChange): string {
  const head = `${MARKS[action]} ${noun} ${key}${action === 'release' ? ': let go, it stays' : ''}`;
  return [head, ...fields.map((field) => `    ${fieldText(field, action)}`)].join('\n');
}

function fieldText({ field, before, after, secret }: ConfigField, action: ConfigChange['action']): string {
  if (secret) return `${field}: ${action === 'create' ? '(secret)' : 'changes (secret)'}`;
  return action === 'create'
    ? `${field}: ${valueText(after)}`
    : `${field}: ${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
