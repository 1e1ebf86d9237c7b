/** When the memory of a block goes, and when it must not. */
import { describe, expect, it } from 'vitest';
import { endPassing, keepBlock, letGo, passOn } from '../../src/bundles/passing-blocks.js';

function block(length = 8): Buffer {
  return Buffer.from(new Uint8Array(length).fill(7).buffer);
}

describe('a block that passes by', () => {
  it('is gone when it was read', () => {
    const passing = passOn(block());
    letGo(passing);
    expect(passing).toHaveLength(0);
  });

  it('is there as long as a part of its memory is not read', () => {
    const whole = block();
    const [first, second] = [passOn(whole.subarray(0, 3)), passOn(whole.subarray(3))];
    letGo(first);
    expect(first).toHaveLength(3);
    letGo(second);
    expect([first, second, whole].map(({ length }) => length)).toEqual([0, 0, 0]);
  });

  it('is gone before the end of its memory where nothing comes behind it', () => {
    const last = passOn(block().subarray(0, 5));
    letGo(last);
    endPassing(last);
    expect(last).toHaveLength(0);
  });

  it('stays where nobody let it go, though nothing comes behind it', () => {
    const last = passOn(block().subarray(0, 5));
    endPassing(last);
    expect(last).toHaveLength(5);
    letGo(last.subarray(0, 2));
    endPassing(last);
    expect(last).toHaveLength(5);
  });

  it('stays where it is kept', () => {
    const kept = keepBlock(passOn(block()));
    letGo(kept);
    endPassing(kept);
    expect(kept).toHaveLength(8);
  });
});

it('a block of which nothing is said stays', () => {
  const other = block();
  letGo(other);
  endPassing(other);
  expect(other).toHaveLength(8);
});
