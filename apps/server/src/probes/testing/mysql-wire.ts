/** Packets of a MySQL server, for peers that speak just enough of it. */

const CAPABILITIES = { PROTOCOL_41: 1 << 9, SSL: 1 << 11, SECURE_CONNECTION: 1 << 15, PLUGIN_AUTH: 1 << 19 };

/** A packet with its number. */
export function packet(number: number, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(content.length, 0, 3);
  head[3] = number;
  return Buffer.concat([head, content]);
}

/** What a server of MySQL 8 says first. */
export function greeting({ tls = false } = {}): Buffer {
  const { PROTOCOL_41, SSL, SECURE_CONNECTION, PLUGIN_AUTH } = CAPABILITIES;
  const capabilities = PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH | (tls ? SSL : 0);
  const fixed = Buffer.alloc(4 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10);
  fixed.writeUInt32LE(7, 0);
  fixed.fill('a', 4, 12);
  fixed.writeUInt16LE(capabilities & 0xffff, 13);
  fixed[15] = 45;
  fixed.writeUInt16LE(2, 16);
  fixed.writeUInt16LE(capabilities >>> 16, 18);
  fixed[20] = 21;
  const salt = Buffer.from('aaaaaaaaaaaa\0');
  const parts = [
    Buffer.from([10]),
    Buffer.from('8.0.40\0'),
    fixed,
    salt,
    Buffer.from('mysql_native_password\0'),
  ];
  return packet(0, Buffer.concat(parts));
}

export function refusal(number: number, code: number, text: string): Buffer {
  const head = Buffer.from([0xff, code & 0xff, code >>> 8]);
  return packet(number, Buffer.concat([head, Buffer.from(`#HY000${text}`)]));
}

export function accepted(number: number): Buffer {
  return packet(number, Buffer.from([0, 0, 0, 2, 0, 0, 0]));
}
