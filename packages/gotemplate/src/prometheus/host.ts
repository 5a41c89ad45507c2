/** A host and a port as Go splits them; undefined where the text is none. */
function split(hostPort: string): { host: string; port: string } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/u.exec(hostPort) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? undefined : { host, port: port ?? '' };
}

/** A host without its port; what is no host and port stays. */
export function stripPort(hostPort: string): string {
  return split(hostPort)?.host ?? hostPort;
}

/** The first name of a host, with its port; addresses stay. */
export function stripDomain(hostPort: string): string {
  const { host, port } = split(hostPort) ?? { host: hostPort, port: '' };
  if (isAddress(host)) return hostPort;
  const [name = ''] = host.split('.');
  if (port === '') return name;
  return name.includes(':') ? `[${name}]:${port}` : `${name}:${port}`;
}

const BYTE = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/u;

function isAddress(host: string): boolean {
  const bytes = host.split('.');
  if (bytes.length === 4 && bytes.every((byte) => BYTE.test(byte))) return true;
  return isIpv6(host);
}

/** Eight groups of hex digits; `::` stands for one or more of zeros, an IPv4 address for the last two. */
function isIpv6(host: string): boolean {
  const [left = '', right, ...more] = host.split('::');
  if (!host.includes(':') || more.length > 0) return false;
  const groups = [left, right ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const mapped = last.includes('.');
  const hex = mapped ? groups.slice(0, -1) : groups;
  const count = groups.length + Number(mapped);
  const whole = right === undefined ? count === 8 : count < 8;
  return whole && hex.every((group) => /^[0-9a-fA-F]{1,4}$/u.test(group)) && (!mapped || isAddress(last));
}
