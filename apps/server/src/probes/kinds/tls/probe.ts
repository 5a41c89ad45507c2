import { z } from 'zod';
import { openConnection, placeOf } from '../../connection.ts';
import { defineProbe } from '../../kind.ts';
import { hostName, portNumber } from '../../setting-types.ts';
import { measureTls } from '../../tls-measures.ts';
import { startTls } from '../../tls-session.ts';
import { tlsSettings } from '../../tls-settings.ts';
import { askForTls, STARTTLS } from './starttls.ts';

/** A certificate: whether it is to be trusted, and for how long. */
export const tls = defineProbe({
  kind: 'tls',
  title: 'TLS',
  interval: 3600,
  timeout: 10,
  settings: z.strictObject({
    host: hostName().meta({ title: 'Host', title_fr: 'Hôte' }),
    port: portNumber().default(443).meta({ title: 'Port', title_fr: 'Port' }),
    starttls: z
      .enum(STARTTLS)
      .default('none')
      .meta({
        title: 'Begins as',
        title_fr: 'Commence par',
        choices: { none: 'TLS', smtp: 'SMTP', imap: 'IMAP', postgres: 'PostgreSQL' },
        description: 'The protocol that turns to TLS by STARTTLS',
        description_fr: 'Le protocole qui passe à TLS par STARTTLS',
      }),
    server_name: hostName().optional().meta({
      title: 'Name on the certificate',
      title_fr: 'Nom sur le certificat',
      description: 'Where it is not the host',
      description_fr: 'S’il n’est pas l’hôte',
    }),
    tls_ca: tlsSettings().tls_ca,
  }),
  thresholds: [{ metric: 'probe_ssl_days_left', op: '<', warning: 21, critical: 7 }],
  instance: ({ host, port }) => placeOf(host, port),
  async probe({ host, port, starttls, server_name, tls_ca }, run) {
    const socket = await openConnection(host, port, run);
    try {
      if (starttls !== 'none')
        await run.phase('starttls', () => askForTls(socket, starttls, placeOf(host, port)));
      const session = await run.phase('tls', () =>
        startTls(socket, { host: server_name ?? host, ca: tls_ca }),
      );
      measureTls(session, run);
      if (session.distrust !== null) throw session.distrust;
    } finally {
      socket.destroy();
    }
  },
});
