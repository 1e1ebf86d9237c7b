/**
 * The digest of a page of a log, by which its bytes are known again: sixteen lanes of 32 bits take four bytes each in
 * turn. src/scanner/page-digest.ts describes it, and gives the same numbers.
 */
import { DIGEST_COUNTS, DIGEST_LANES, DIGEST_WAITING } from './memory';

const BLOCK: i32 = 64;
const PRIME: i32 = 0x9e3779b1;

export function resetDigest(): void {
  for (let lane = 0; lane < 16; lane++) store<i32>(DIGEST_LANES + 4 * lane, (lane + 1) * PRIME);
  store<i32>(DIGEST_COUNTS, 0);
  store<i32>(DIGEST_COUNTS, 0, 4);
}

/** Adds `length` bytes at an address. */
export function updateDigest(address: i32, length: i32): void {
  store<i32>(DIGEST_COUNTS, load<i32>(DIGEST_COUNTS, 4) + length, 4);
  let at = address;
  let left = length;
  const waiting = load<i32>(DIGEST_COUNTS);
  if (waiting > 0) {
    const taken = min(BLOCK - waiting, left);
    memory.copy(DIGEST_WAITING + waiting, at, taken);
    at += taken;
    left -= taken;
    store<i32>(DIGEST_COUNTS, waiting + taken);
    if (waiting + taken < BLOCK) return;
    mixBlocks(DIGEST_WAITING, 1);
  }
  const blocks = left / BLOCK;
  mixBlocks(at, blocks);
  const rest = left - blocks * BLOCK;
  memory.copy(DIGEST_WAITING, at + blocks * BLOCK, rest);
  store<i32>(DIGEST_COUNTS, rest);
}

/** The digest of what was added since the reset; more may be added afterwards. */
export function digestValue(): i32 {
  const waiting = load<i32>(DIGEST_COUNTS);
  let value = load<i32>(DIGEST_COUNTS, 4);
  for (let lane = 0; lane < 16; lane++) {
    let word = load<i32>(DIGEST_LANES + 4 * lane);
    // Bytes that wait are mixed in as if zeros followed.
    if (4 * lane < waiting) word = mix(word, waitingWord(lane, waiting));
    value = mix(value, word);
  }
  value = (value ^ (value >>> 16)) * 0x85ebca6b;
  value = (value ^ (value >>> 13)) * 0xc2b2ae35;
  return value ^ (value >>> 16);
}

function waitingWord(lane: i32, waiting: i32): i32 {
  let word = 0;
  for (let byte = 0; byte < 4 && 4 * lane + byte < waiting; byte++)
    word |= (load<u8>(DIGEST_WAITING + 4 * lane + byte) as i32) << (8 * byte);
  return word;
}

function mix(state: i32, word: i32): i32 {
  const product = (state ^ word) * PRIME;
  return product ^ (product >>> 15);
}

function mixBlocks(address: i32, count: i32): void {
  let first = v128.load(DIGEST_LANES);
  let second = v128.load(DIGEST_LANES, 16);
  let third = v128.load(DIGEST_LANES, 32);
  let fourth = v128.load(DIGEST_LANES, 48);
  let at: usize = address;
  for (let block = 0; block < count; block++) {
    first = mixVector(first, v128.load(at));
    second = mixVector(second, v128.load(at, 16));
    third = mixVector(third, v128.load(at, 32));
    fourth = mixVector(fourth, v128.load(at, 48));
    at += BLOCK;
  }
  v128.store(DIGEST_LANES, first);
  v128.store(DIGEST_LANES, second, 16);
  v128.store(DIGEST_LANES, third, 32);
  v128.store(DIGEST_LANES, fourth, 48);
}

function mixVector(state: v128, words: v128): v128 {
  const product = i32x4.mul(v128.xor(state, words), i32x4.splat(PRIME));
  return v128.xor(product, i32x4.shr_u(product, 15));
}
