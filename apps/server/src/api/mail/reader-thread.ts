/** Entry of the thread that reads e-mails for `MailReader`: one message in, its text out. */
import { parentPort } from 'node:worker_threads';
import { mailText } from './mail-text.ts';

parentPort?.on('message', async (raw: Uint8Array) => {
  parentPort?.postMessage(await mailText(raw));
});
