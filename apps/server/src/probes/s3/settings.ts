/** How a bucket is reached: for every kind that looks into one. */
import { z } from 'zod';
import { serviceUrl } from '../setting-types.ts';
import { tlsSettings } from '../tls-settings.ts';

/** Bucket naming rules of S3, and of older buckets: 3 to 255 characters of these. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/;

export function s3Settings() {
  return {
    endpoint: serviceUrl('http', 'https').meta({
      title: 'Address',
      title_fr: 'Adresse',
      description: 'http://minio:9000, https://s3.eu-west-3.amazonaws.com; without the bucket',
      description_fr: 'http://minio:9000, https://s3.eu-west-3.amazonaws.com ; sans le compartiment',
    }),
    bucket: z.string().regex(BUCKET, { error: 'must be the name of a bucket' }).meta({
      title: 'Bucket',
      title_fr: 'Compartiment',
    }),
    prefix: z.string().max(1_024).default('').meta({
      title: 'Prefix',
      title_fr: 'Préfixe',
      description: 'Only objects whose key begins so are counted',
      description_fr: 'Seuls sont comptés les objets dont la clé commence ainsi',
    }),
    access_key: z.string().min(1).max(500).meta({ title: 'Access key', title_fr: 'Clé d’accès' }),
    secret_key: z
      .string()
      .min(1)
      .max(500)
      .meta({ secret: true, title: 'Secret key', title_fr: 'Clé secrète' }),
    region: z.string().min(1).max(100).default('us-east-1').meta({ title: 'Region', title_fr: 'Région' }),
    tls_ca: tlsSettings().tls_ca,
  };
}
