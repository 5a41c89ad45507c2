/** Addresses of Alertmanager's own pages, which live behind the `#`. */

/** Where `/#/alerts?receiver=…`, `/#/silences` and the like lead here; null for what is none of them. */
export function originalAddress(hash: string): string | null {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  if (path === 'alerts') return query === '' ? '/alerts' : `/alerts?${query}`;
  const [noun, id = ''] = path.split('/');
  if (noun !== 'silences') return null;
  return id === '' || id === 'new' ? '/silences' : `/silences/${id}`;
}
