/** What a delivery status notification (RFC 3464) tells. Empty = nothing. */
export interface Bounce {
  /** Of the address it was sent to. */
  mailbox: string;
  /** Three numbers, RFC 3463. */
  status: string;
  diagnostic: string;
}

/** Reads a raw message. Such reports are plain ASCII in their outer form, so bytes are read one to one. */
export function readBounce(message: Uint8Array): Bounce {
  const text = Buffer.from(message).toString('latin1').replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const head = fieldsOf(end === -1 ? text : text.slice(0, end));
  const report = reportOf(text);
  return {
    mailbox: /([^\s<>@"]+)@/.exec(head.get('to') ?? '')?.[1]?.toLowerCase() ?? '',
    status: /^\d\.\d{1,3}\.\d{1,3}/.exec(report.get('status') ?? '')?.[0] ?? '',
    diagnostic: (report.get('diagnostic-code') ?? '').replace(/^smtp; */i, ''),
  };
}

/** The fields of the first group that says what became of a recipient: it has an action and a status. */
function reportOf(text: string): Map<string, string> {
  const part = /^content-type:\s*message\/delivery-status/im.exec(text);
  for (const group of part === null ? [] : text.slice(part.index).split('\n\n')) {
    const fields = fieldsOf(group);
    if (fields.has('action') && fields.has('status')) return fields;
  }
  return new Map();
}

/** Header fields by name in lower case, the first of a name; folded lines are joined (RFC 5322, 2.2.3). */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}
