// Which of five inks a word has, for ever: the same as in the exported picture.

const INKS = 5;

export function inkOf(id) {
  return crc32(new TextEncoder().encode(id)) % INKS;
}

/** CRC-32 as in ISO 3309, which zlib computes. */
function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}
