/** Answers of DNS as the lines that zone files would say. */

export const RECORD_TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** Reads what a resolver of Node.js gives, whatever was asked. */
export function linesOf(answers: object): string[] {
  const list: readonly (string | readonly string[] | object)[] = Array.isArray(answers) ? answers : [answers];
  return list.map((record) => (Array.isArray(record) ? record.join('') : lineOf(record)));
}

function lineOf(record: string | object): string {
  if (typeof record === 'string') return record;
  if ('exchange' in record && 'priority' in record) return `${record.priority} ${record.exchange}`;
  if ('port' in record && 'priority' in record && 'weight' in record && 'name' in record) {
    return `${record.priority} ${record.weight} ${record.port} ${record.name}`;
  }
  if ('serial' in record && 'nsname' in record && 'hostmaster' in record) {
    return `${record.nsname} ${record.hostmaster} ${record.serial}`;
  }
  return Object.values(record).join(' ');
}

/** The same answer, whatever its case and its last dot. */
export function isSameAnswer(one: string, other: string): boolean {
  const plain = (text: string): string => text.trim().toLowerCase().replace(/\.$/, '');
  return plain(one) === plain(other);
}
