import { remoteOptions } from './remote-world.ts';
import { describeLocal, describeRemote } from './run-all.ts';

const remote = remoteOptions(process.env);

if (remote === null) describeLocal('Healthchecks, as this server does it', async () => ({}));
else describeRemote(remote, process.env['HC_ADDITIONS'] !== undefined);
