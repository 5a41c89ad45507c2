/** The objects of a bucket, page by page (ListObjectsV2 of the S3 API). */
import { z } from 'zod';
import { ProbeFailure } from '../failure.ts';
import { httpUrlOf, isSuccess } from '../http-answer.ts';
import { httpExchange } from '../http-exchange.ts';
import type { ProbeRun } from '../kind.ts';
import { asOnePhase } from '../one-phase.ts';
import { s3Failure } from './failure.ts';
import type { s3Settings } from './settings.ts';

export type S3Settings = z.output<z.ZodObject<ReturnType<typeof s3Settings>>>;

export interface StoredObject {
  key: string;
  /** Bytes. */
  size: number;
  /** Epoch ms. */
  changed: number;
}

/** Pages of 1,000 objects that one run reads. */
const MOST_PAGES = 10;
/** Bytes of a page: 1,000 keys of 1,024 characters, and what stands around them. */
const PAGE_LIMIT = 4 * 1_048_576;

/** An element without any in it is read as an empty text. */
const page = z.object({
  ListBucketResult: z.preprocess(
    (value) => (value === '' ? {} : value),
    z.object({
      Contents: z
        .array(z.object({ Key: z.coerce.string(), Size: z.coerce.number(), LastModified: z.coerce.string() }))
        .default([]),
      IsTruncated: z.union([z.boolean(), z.string()]).default(false),
      NextContinuationToken: z.coerce.string().optional(),
    }),
  ),
});
type Page = z.output<typeof page>['ListBucketResult'];

/**
 * Hands over each object under the prefix.
 * @returns whether there are more than one run reads. @throws ProbeFailure
 */
export function eachObject(
  settings: S3Settings,
  run: ProbeRun,
  onObject: (object: StoredObject) => void,
): Promise<boolean> {
  return asOnePhase(run, 'list', async (part) => {
    let token: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const { Contents, IsTruncated, NextContinuationToken } = await readPage(settings, token, part);
      for (const { Key, Size, LastModified } of Contents) {
        onObject({ key: Key, size: Size, changed: Date.parse(LastModified) });
      }
      token = NextContinuationToken;
      if (String(IsTruncated) !== 'true' || token === undefined) return false;
    }
    return true;
  });
}

async function readPage(settings: S3Settings, token: string | undefined, run: ProbeRun): Promise<Page> {
  const { bucket, prefix } = settings;
  const query = { 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) };
  const answer = await signedGet(settings, query, run);
  if (!isSuccess(answer)) throw s3Failure(answer, bucket);
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({ isArray: (name) => name === 'Contents', parseTagValue: false });
  try {
    if (answer.isWhole) return page.parse(parser.parse(answer.body.toString('utf8'))).ListBucketResult;
  } catch {
    // Told below: what is no list is no S3.
  }
  throw new ProbeFailure('protocol', `${answer.url.host} does not list objects as S3 does`);
}

/** Asks for a bucket by its path: the form that every server understands. */
async function signedGet(settings: S3Settings, query: Record<string, string>, run: ProbeRun) {
  const { bucket, access_key, secret_key, region, tls_ca } = settings;
  const { AwsV4Signer } = await import('aws4fetch');
  const url = httpUrlOf(settings.endpoint, run);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${bucket}`;
  url.search = String(new URLSearchParams(query));
  const signer = new AwsV4Signer({
    method: 'GET',
    url: url.href,
    service: 's3',
    region,
    accessKeyId: run.secret(access_key),
    secretAccessKey: run.secret(secret_key),
  });
  const signed = await signer.sign();
  const headers = Object.fromEntries(signed.headers);
  const ca = tls_ca.trim() === '' ? undefined : tls_ca;
  return httpExchange({ url: signed.url, headers, limit: PAGE_LIMIT, ca }, run);
}
