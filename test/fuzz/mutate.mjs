/** Bytes made from others: some places changed, cut, doubled, or taken from another file. The same for the same seed. */

/** Values at which parsers of lengths and counts go wrong. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff];

export function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** @param corpus what to begin with, and to take pieces from */
export function mutated(corpus, random, longest = 1 << 18) {
  let bytes = Buffer.from(corpus[random(corpus.length)]);
  for (let left = 1 + random(8); left > 0; left--) bytes = change(bytes, corpus, random);
  return bytes.subarray(0, longest);
}

function change(bytes, corpus, random) {
  if (bytes.length === 0) return Buffer.from([random(256)]);
  const at = random(bytes.length);
  const length = 1 + random(Math.min(bytes.length - at, random(4) === 0 ? 4096 : 16));
  switch (random(7)) {
    case 0:
      bytes[at] = random(256);
      return bytes;
    case 1:
      bytes.fill(EDGES[random(EDGES.length)], at, at + length);
      return bytes;
    case 2:
      bytes[at] ^= 1 << random(8);
      return bytes;
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 5:
      return bytes.subarray(0, at);
    default: {
      const other = corpus[random(corpus.length)];
      const from = random(other.length + 1);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + length * 8), bytes.subarray(at)]);
    }
  }
}
