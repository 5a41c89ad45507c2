/** Users and TLS of an OpenSearch, as its security plugin reads them. */
import type { Identity } from '../../../src/probes/testing/certificates.ts';
import type { SearchNodeOptions } from './search-node.ts';

/** `right`, by bcrypt. */
const HASH = '$2y$04$VZbaKk/mwoTpBNNHrJv/KOqCX546mjIDWbA0KLV33ENnvgppi.uzG';

/** Its users are `watcher`, who may see the cluster, and `stranger`, who may nothing; both with the password `right`. */
export function withUsers(ca: string, { cert, key }: Identity): SearchNodeOptions {
  const settings: Record<string, string> = {
    'discovery.type': 'single-node',
    'plugins.security.allow_default_init_securityindex': 'true',
    'plugins.security.audit.type': 'noop',
    'plugins.security.ssl.http.enabled': 'true',
  };
  for (const layer of ['transport', 'http']) {
    const at = `plugins.security.ssl.${layer}`;
    settings[`${at}.pemcert_filepath`] = 'cert.pem';
    settings[`${at}.pemkey_filepath`] = 'key.pem';
    settings[`${at}.pemtrustedcas_filepath`] = 'ca.pem';
  }
  return {
    settings,
    plugins: ['org.opensearch.security.OpenSearchSecurityPlugin'],
    config: { 'cert.pem': cert, 'key.pem': key, 'ca.pem': ca, ...documents() },
  };
}

/** What it calls each document, and what is in it. */
const CONTENTS: Record<string, readonly [type: string, content: object]> = {
  config: ['config', { config: { dynamic: { authc: { basic: basicLogin() } } } }],
  internal_users: ['internalusers', { watcher: { hash: HASH }, stranger: { hash: HASH } }],
  roles: ['roles', { monitor: { cluster_permissions: ['cluster:monitor/*'] } }],
  roles_mapping: ['rolesmapping', { monitor: { users: ['watcher'] } }],
  action_groups: ['actiongroups', {}],
  tenants: ['tenants', {}],
  nodes_dn: ['nodesdn', {}],
};

function basicLogin(): object {
  return {
    http_enabled: true,
    order: 0,
    http_authenticator: { type: 'basic', challenge: true },
    authentication_backend: { type: 'intern' },
  };
}

/** By path; JSON is YAML, too. */
function documents(): Record<string, string> {
  const entries = Object.entries(CONTENTS).map(([name, [type, content]]) => {
    const text = JSON.stringify({ _meta: { type, config_version: 2 }, ...content });
    return [`opensearch-security/${name}.yml`, text];
  });
  return Object.fromEntries(entries);
}
