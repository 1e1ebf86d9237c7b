/** Signatures of one's own at the edges of what a pattern can be. */
import { describe, expect, it } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { signatureLiterals } from '../../src/detectors/literals.js';
import { builtInFolder, lintFolder, loadPack, packFor } from '../../src/detectors/pack/load.js';
import type { Condition } from '../../src/model.js';
import { hitsOf } from '../../src/pipeline/run-examples.js';

const { blocks, signatures } = await loadPack();
const [model] = signatures.filter(({ detection }) => detection === 'text');

function detectorFor(...all: Condition[]): Detector {
  const match = [{ all }];
  const own = { ...(model as (typeof signatures)[number]), id: 'own', groupBy: [], entities: {}, match };
  return new Detector({
    blocks,
    marks: [],
    signatures: [{ ...own, appearsIn: ['console', 'trace-log'], literals: signatureLiterals(match, blocks) }],
  });
}
const count = (detector: Detector, text: string) => hitsOf(detector, text, 'console').length;

describe('patterns', () => {
  it('that match no character end all the same', () => {
    expect(count(detectorFor({ text: '(?=gateway)' }), 'the gateway\nis a gateway\n')).toBeGreaterThan(0);
  });

  it('without a literal are tried on every record', () => {
    expect(count(detectorFor({ text: '[0-9]{3}-[0-9]{3}' }), 'call 555-123 now\n')).toBe(1);
  });

  it('in any case find text in any case, beyond ASCII too', () => {
    expect(count(detectorFor({ text: '(?i)schlüssel fehlt' }), 'SCHLÜSSEL FEHLT\n')).toBe(1);
  });

  it('of a code find it behind a number that only begins like it', () => {
    const detector = detectorFor({ code: '0xc1550115' });
    expect(count(detector, '0xc15501150 and then 0xC1550115 at last\n')).toBe(1);
    expect(count(detector, '-1051393771 in decimal\n')).toBe(1);
    expect(count(detector, '0xc15501150 and 0xc1550115f and 1-10513937711\n')).toBe(0);
  });
});

describe('the built-in folder', () => {
  it('passes lint as a whole, as a part and as one file', async () => {
    for (const path of ['', '/cce', '/cce/recovery-backoff.yaml'])
      expect((await lintFolder(builtInFolder() + path)).problems).toEqual([]);
    expect((await packFor(`${builtInFolder()}/cce/recovery-backoff.yaml`)).own).toEqual(['recovery-backoff']);
  });
});
