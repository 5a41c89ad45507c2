/** An authenticator in software: makes one passkey (ES256, no attestation) and signs with it. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a test may do otherwise than an honest browser and authenticator. */
export interface Twist {
  origin?: string;
  rpId?: string;
  isVerified?: boolean;
  userHandle?: string;
  counter?: number;
}

interface CreationOptions {
  challenge: string;
  rp: { id: string };
  user: { id: string };
}

interface RequestOptions {
  challenge: string;
  rpId: string;
}

/** Flags of authenticator data (WebAuthn section 6.1): user present, user verified, holds a key. */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const HOLDS_KEY = 0x40;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export class SoftAuthenticator {
  readonly #origin: string;
  readonly #id = randomBytes(32);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #userHandle = '';
  #counter = 0;

  /** `origin`: of the page that calls it. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** What `navigator.credentials.create` gives, in JSON. */
  create(options: CreationOptions, twist: Twist = {}) {
    this.#userHandle = options.user.id;
    const key = Buffer.concat([this.#id, coseKey(this.#keys.publicKey)]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#id.length);
    // No AAGUID: the maker stays unknown.
    const held = Buffer.concat([Buffer.alloc(16), length, key]);
    const data = this.#data(twist.rpId ?? options.rp.id, HOLDS_KEY, twist, held);
    const clientData = this.#clientData('webauthn.create', options.challenge, twist);
    const response = {
      clientDataJSON: base64url(clientData),
      attestationObject: base64url(attestation(data)),
      transports: ['internal'],
    };
    return { ...this.#credential(), response };
  }

  /** What `navigator.credentials.get` gives, in JSON. */
  get(options: RequestOptions, twist: Twist = {}) {
    this.#counter += 1;
    const data = this.#data(twist.rpId ?? options.rpId, 0, twist, Buffer.alloc(0));
    const clientData = this.#clientData('webauthn.get', options.challenge, twist);
    const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), this.#keys.privateKey);
    const response = {
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(data),
      signature: base64url(signature),
      userHandle: twist.userHandle ?? this.#userHandle,
    };
    return { ...this.#credential(), response };
  }

  #credential() {
    const id = base64url(this.#id);
    return { id, rawId: id, type: 'public-key' };
  }

  #clientData(type: string, challenge: string, { origin = this.#origin }: Twist): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #data(rpId: string, flags: number, twist: Twist, held: Buffer): Buffer {
    const { isVerified = true, counter = this.#counter } = twist;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags | PRESENT | (isVerified ? VERIFIED : 0));
    tail.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), tail, held]);
  }
}

/** A P-256 key as COSE writes it (RFC 9053): kind 2, ES256, curve 1, x and y. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
}

/** CBOR of `{ fmt: 'none', attStmt: {}, authData }`. */
function attestation(data: Buffer): Buffer {
  const length = Buffer.alloc(3);
  length.writeUInt8(0x59);
  length.writeUInt16BE(data.length, 1);
  return Buffer.concat([
    Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
    length,
    data,
  ]);
}
