/** Texts as bytes, against the texts themselves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letTextsGo, mapTexts, type PackedTexts, packedText, TextPacker } from '../../src/pipeline/packed-texts.js';

const TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Halves of surrogate pairs among them.
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc
    .tuple(fc.constantFrom('x', 'é', '語', '😀'), fc.integer({ min: 0, max: 40_000 }))
    .map(([text, n]) => text.repeat(n)),
);

function all(texts: PackedTexts): string[] {
  return texts.ends.map((_, place) => packedText(texts, place));
}

describe('packed texts', () => {
  it('are the texts in their order, those of each take by themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.array(TEXT, { maxLength: 12 }), { maxLength: 5 }), (takes) => {
        const packer = new TextPacker();
        const taken = takes.map((texts) => {
          expect(texts.map((text) => packer.add(text))).toEqual([...texts.keys()]);
          return packer.take();
        });
        expect(taken.map(all)).toEqual(takes.map((texts) => texts.map((text) => text.toWellFormed())));
      }),
      { numRuns: 100 },
    );
  });

  it('are handed to another thread as they are, and leave nothing here', () => {
    const packer = new TextPacker();
    for (const text of ['one', '', 'drei']) packer.add(text);
    const texts = packer.take();
    const moved = structuredClone(texts, { transfer: [texts.bytes.buffer] });
    expect(all(moved)).toEqual(['one', '', 'drei']);
    expect(texts.bytes).toHaveLength(0);
  });

  it('can be changed, each by itself', () => {
    const packer = new TextPacker();
    for (const text of ['a\nb', 'c', '\nd']) packer.add(text);
    expect(all(mapTexts(packer.take(), (text) => text.replace(/[^\n]*$/, '')))).toEqual(['a\n', '', '\n']);
  });

  it('give their memory back when they are let go', () => {
    const packer = new TextPacker();
    packer.add('text');
    const texts = packer.take();
    letTextsGo(texts);
    expect(texts.bytes.buffer.detached).toBe(true);
  });
});
