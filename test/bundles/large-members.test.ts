/**
 * Members of many blocks, packed in every way that archives can be put into each other: what they tell is what the same
 * files tell in a folder, down to the byte. Memory of blocks that were read is given back, and none too early.
 */
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.js';
import { analyzeFiles } from '../support/analyze-files.js';
import { keyError, logonFailure, minute, record, recovered } from '../support/synthetic-log.js';
import { type Files, noise, tarOf, tgzOf, zipOf } from '../unit/archive-kit.js';

/** A log of over two megabytes with failures all through it, half of it such that it hardly packs. */
function log(seed: number): Buffer {
  const filler = noise(1 << 20).toString('hex');
  const parts: string[] = [];
  for (let at = 0; at < filler.length; at += 4000) {
    const time = minute(parts.length + seed);
    parts.push(record('Information', `nothing of note ${seed} ${filler.slice(at, at + 2000)}`, time));
    parts.push(record('Information', `nothing of note ${'x'.repeat(2000)}`, time));
    parts.push(at % 12_000 === 0 ? keyError(time) : at % 20_000 === 0 ? logonFailure(time) : recovered(time));
  }
  return Buffer.from(parts.join(''));
}

function transcript(): Buffer {
  const line = `${noise(40).toString('hex')} nothing of note\r\n`;
  const error =
    'ConvertTo-SecureString : Key not valid for use in specified state.\r\nAt line:1 char:1\r\n+ Get-CcCredential\r\n    + CategoryInfo          : InvalidArgument: (:) [ConvertTo-SecureString], CryptographicException\r\n    + FullyQualifiedErrorId : ImportSecureString_InvalidArgument_CryptographicError,Microsoft.PowerShell.Commands.ConvertToSecureStringCommand\r\n\r\n';
  return Buffer.from(`\uFEFF${(line.repeat(400) + error).repeat(30)}`, 'utf16le');
}

const FILES: Files = {
  'one/CceManagementService.log': log(1),
  'two/CceManagementService.log': log(7),
  'one/transcript.txt': transcript(),
  'one/note.txt': 'nothing of note\r\n',
};

const STORED = { compress: false };

/** What a report says of each file, and the evidence in it. */
function said({ sources, incidents }: Report) {
  const evidence = incidents.flatMap((incident) =>
    incident.evidence.map(({ source, line, byteStart, byteEnd, id }) => [
      incident.signature,
      nameOf(source),
      line,
      byteStart,
      byteEnd,
      id.split(':').at(-1),
    ]),
  );
  const files = sources
    .filter(({ kind }) => kind !== 'archive')
    .map(({ path, bytes, records, levels, hits, orphanLines, firstTime, lastTime, skipped }) => ({
      ...{ path: nameOf(path), bytes, records, levels, hits, orphanLines, firstTime, lastTime, skipped },
    }));
  return {
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    evidence: evidence.map((row) => JSON.stringify(row)).sort(),
  };
}

/** The folder and the name: archives have names of their own before them. */
function nameOf(path: string): string {
  const parts = path.split(/!?\//);
  return `${parts.at(-2)}/${basename(path)}`;
}

const logs = Object.fromEntries(Object.entries(FILES).filter(([name]) => name.endsWith('.log'))) as Files;
const whole = said((await analyzeFiles(FILES)).report);

describe('members of many blocks tell what files do', () => {
  const packed: Record<string, () => Promise<Files>> = {
    'a zip': async () => ({ 'a.zip': await zipOf(FILES) }),
    'a stored zip': async () => ({ 'a.zip': await zipOf(FILES, STORED) }),
    'a tar': async () => ({ 'a.tar': await tarOf(FILES) }),
    'a packed tar': async () => ({ 'a.tgz': await tgzOf(FILES) }),
    'a zip in a zip': async () => ({ 'a.zip': await zipOf({ 'b.zip': await zipOf(FILES) }) }),
    'a stored zip in a packed one': async () => ({ 'a.zip': await zipOf({ 'b.zip': await zipOf(FILES, STORED) }) }),
    'a stored zip in a stored one in a packed tar': async () => ({
      'a.tgz': await tgzOf({ 'b.zip': await zipOf({ 'c.zip': await zipOf(FILES, STORED) }, STORED) }),
    }),
    'a tar in a zip': async () => ({ 'a.zip': await zipOf({ 'b.tar': await tarOf(FILES) }) }),
    'a tar in a stored zip in a packed one': async () => ({
      'a.zip': await zipOf({ 'b.zip': await zipOf({ 'c.tar': await tarOf(FILES) }, STORED) }),
    }),
    'a packed tar in a tar': async () => ({ 'a.tar': await tarOf({ 'b.tgz': await tgzOf(FILES) }) }),
    'packed files in a zip': async () => ({
      'a.zip': await zipOf({
        ...FILES,
        ...Object.fromEntries(Object.entries(logs).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)])),
      }),
    }),
  };
  for (const [what, pack] of Object.entries(packed))
    test(what, async () => {
      const { report, problems } = await analyzeFiles(await pack());
      expect(problems).toEqual([]);
      const found = said(report);
      if (what !== 'packed files in a zip') {
        expect(found).toEqual(whole);
        return;
      }
      // Each log is there twice, and counts once.
      const counts = (evidence: readonly string[]) => evidence.length;
      expect(counts(found.evidence)).toBe(counts(whole.evidence));
      const twice = found.files.filter(({ path }) => path.includes('.gz/'));
      expect(twice.map(({ records, bytes }) => [records, bytes])).toEqual(
        whole.files.filter(({ path }) => path.endsWith('.log')).map(({ records, bytes }) => [records, bytes]),
      );
    });
});
