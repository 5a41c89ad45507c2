import type { SettingsSchema } from './schema.ts';

/** What a channel tells of: settings that end in `_down`, `_up` and `_notice` are the same one for each. */
export const EVENTS = ['down', 'up', 'notice'] as const;

/** Settings that stand together in a form. */
export interface Group {
  /** What they are for; null: for all. */
  event: (typeof EVENTS)[number] | null;
  names: readonly string[];
}

/** The settings of a schema in groups, in the order in which they come. */
export function groupsOf({ properties = {} }: SettingsSchema): Group[] {
  const groups: { event: Group['event']; names: string[] }[] = [];
  for (const name of Object.keys(properties)) {
    const event = EVENTS.find((one) => name.endsWith(`_${one}`)) ?? null;
    const last = groups.at(-1);
    if (last?.event === event) last.names.push(name);
    else groups.push({ event, names: [name] });
  }
  return groups;
}
