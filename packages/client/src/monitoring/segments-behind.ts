/** The segments of an address behind a prefix, not decoded. A prefix may have parameters: its segments count. */
export function segmentsBehind(prefix: string, url: string): string[] {
  const [path = ''] = url.split('?', 1);
  const before = prefix.split('/').filter((segment) => segment !== '').length;
  return path.split('/').slice(1 + before);
}
