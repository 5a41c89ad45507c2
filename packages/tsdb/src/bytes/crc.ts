import { crc32 } from 'node:zlib';

/** CRC-32 with zlib's polynomial, as every record and section is sealed with. */
export function checksum(bytes: Uint8Array): number {
  return crc32(bytes);
}
