import { ProbeFailure, type Reason } from '../failure.ts';
import { statusFailure } from '../http-answer.ts';
import type { HttpAnswer } from '../http-exchange.ts';

/** S3's error codes ("Error responses" of the S3 API reference) that say more than the status. */
const BY_CODE: Record<string, [Reason, string]> = {
  NoSuchBucket: ['not_found', 'there is no bucket of this name'],
  AccessDenied: ['forbidden', 'this key may not look into the bucket'],
  AllAccessDisabled: ['forbidden', 'the bucket is closed to everybody'],
  InvalidAccessKeyId: ['auth', 'the access key is not known there'],
  SignatureDoesNotMatch: ['auth', 'the secret key is not the one of the access key'],
  RequestTimeTooSkewed: ['auth', 'its clock and ours are too far apart'],
  AuthorizationHeaderMalformed: ['config', 'the bucket is in another region'],
  PermanentRedirect: ['config', 'the bucket is in another region'],
  SlowDown: ['limit', 'it wants fewer requests'],
  ServiceUnavailable: ['unhealthy', 'it is unavailable'],
  XMinioServerNotInitialized: ['unhealthy', 'it is starting'],
};

/** What an answer other than 2xx stands for. */
export function s3Failure(answer: HttpAnswer, bucket: string): ProbeFailure {
  const code = /<Code>([A-Za-z]{1,100})<\/Code>/.exec(answer.body.toString('utf8', 0, 4_096))?.[1];
  const known = code === undefined ? undefined : BY_CODE[code];
  if (known === undefined) return statusFailure(answer);
  const [reason, said] = known;
  return new ProbeFailure(reason, `bucket ${bucket}: ${said} (${code})`);
}
