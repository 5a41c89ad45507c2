import type { PostedAlert } from '../alerts/model.ts';
import { testPost } from '../alerts/testing/alerts.ts';
import type { Commands } from '../commands.ts';
import type { Writer } from '../store/command.ts';

/** A disk that is full, critical, posted by somebody outside, without an end. */
export function aPostedAlert(projectId: number, own: Partial<PostedAlert> = {}): PostedAlert {
  const labels = own.labels ?? { alertname: 'DiskFull', instance: 'h1:9100', severity: 'critical' };
  const annotations = { summary: 'no space left on /var' };
  return testPost({
    projectId,
    environment: '',
    identity: JSON.stringify(labels),
    annotations,
    ...own,
    labels,
  });
}

/** A project that belongs to nobody in particular, with a channel that answers nothing. */
export async function aProjectWithChannel(writer: Writer<Commands>) {
  const owner = { email: 'owner@example.org', name: 'Owner', password: '', timeZone: 'UTC' };
  const { id: ownerId } = await writer.run('accounts.register', owner);
  const input = {
    name: 'Shop',
    environments: ['production'],
    pingKey: 'shoppingkey',
    ownerId,
    actor: 'test',
  };
  const project = await writer.run('projects.create', input);
  const channel = await writer.run('channels.create', {
    projectId: project.id,
    kind: 'webhook',
    name: 'Ops <mail>',
    settings: JSON.stringify({ url_down: 'http://127.0.0.1:1/', url_up: 'http://127.0.0.1:1/' }),
    assignAll: false,
  });
  return { project, channel };
}
