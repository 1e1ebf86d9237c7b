/** Bytes as they come: in any pieces and encodings, watching tells of a log what an analysis of it tells. */
import { appendFileSync, closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { healthy, keyError, logonFailure, minute, record } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';
import { analyzedAlone } from '../support/watch-reference.js';

let desk: WatchDesk;
afterEach(() => desk.remove());

/** Writes in pieces, looks after each, and compares what the store has with an analysis of the whole. */
async function inPieces(bytes: Buffer, pieces: readonly number[], restarts = false): Promise<void> {
  desk = new WatchDesk();
  let at = 0;
  for (let step = 0; at < bytes.length; step++) {
    const end = at + Math.max(1, pieces[step % pieces.length] ?? bytes.length);
    appendFileSync(desk.path(), bytes.subarray(at, end));
    at = end;
    await desk.look(step % 3 === 0 ? 3000 : 500);
    if (restarts && step % 4 === 3) desk.crash();
  }
  await desk.look(3000);
  await sameAsAnalysis();
}

async function sameAsAnalysis(): Promise<void> {
  const { hits, report } = await analyzedAlone(desk.path());
  const stored = desk.query(
    `SELECT s.name, h.byte_start, h.byte_end, h.line, h.time, h.time_basis, h.digest
     FROM hits h JOIN signatures s ON s.id = h.signature ORDER BY 2, 1`,
  );
  expect(stored).toEqual(hits.map((hit) => Object.values(hit)));
  const [[text]] = desk.query('SELECT report FROM streams WHERE report IS NOT NULL ORDER BY id DESC') as [[string]];
  expect(JSON.parse(text)).toEqual({ ...report, path: desk.path() });
}

const LOG =
  healthy(minute(0)) +
  logonFailure(minute(1), 'jürgen@contoso.example') +
  record(
    'Error',
    'Schlüssel ist im angegebenen Status nicht gültig. 😀 指定された',
    minute(2),
    '   bei System.X()\r\n',
  ) +
  keyError(minute(3)) +
  record('Warning', '', null) +
  healthy(minute(4));

describe.each([
  ['UTF-8', Buffer.from(LOG)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${LOG}`)],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${LOG}`, 'utf16le')],
  ['UTF-16, big-endian', Buffer.from(`\uFEFF${LOG}`, 'utf16le').swap16()],
  ['line feeds alone', Buffer.from(LOG.replaceAll('\r\n', '\n'))],
  [
    'bytes that are no text',
    Buffer.concat([Buffer.from(LOG), Buffer.from([0xff, 0xc3, 0x28, 0x0d, 0x0a]), Buffer.from(LOG)]),
  ],
])('%s', (_, bytes) => {
  it.each([[[64]], [[1, 7, 300]], [[4096]], [[211, 3, 1000]]])('in pieces of %j bytes', async (pieces) => {
    // So few bytes tell no encoding, and nothing is read of them yet.
    await inPieces(bytes, pieces);
  });

  it('in pieces, with crashes between them', async () => {
    await inPieces(bytes, [97], true);
  });
});

it('any log in any pieces, with crashes', async () => {
  const part = fc.constantFrom(
    healthy(minute(0)),
    healthy(null),
    keyError(minute(1)),
    keyError(null),
    logonFailure(minute(2)),
    'a line without a header\r\n',
    '\r\n\r\n',
    '\0'.repeat(5000),
    '   at System.Foo.Bar()\r\n',
    ' CceService Stop: 1 : \r\n',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (parts, pieces, restarts) => {
        await inPieces(Buffer.from(`CceService Information: 0 : start\r\n${parts.join('')}`), pieces, restarts);
        await desk.remove();
      },
    ),
    { numRuns: 60 },
  );
});

it('a log that begins in the middle of a record', async () => {
  await inPieces(Buffer.from(LOG.slice(30)), [100]);
});

it('a line of several megabytes that comes in pieces', async () => {
  const long = record(
    'Error',
    `ConvertTo-SecureString : Key not valid for use in specified state. ${'x'.repeat(3 << 20)}`,
    minute(1),
  );
  await inPieces(Buffer.from(healthy(minute(0)) + long + keyError(minute(2))), [700_000, 1_200_000]);
  const [[count]] = desk.query('SELECT count(*) FROM hits') as [[number]];
  expect(count).toBe(2);
});

it('what is no log at all gives nothing, and does no harm', async () => {
  desk = new WatchDesk();
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  };
  const noise = Buffer.from(Array.from({ length: 100_000 }, next));
  writeFileSync(desk.path(), noise);
  await desk.look();
  await desk.look(3000);
  expect(desk.hits()).toEqual({});
});

it('a record that is no failure as a whole is withdrawn when its rest comes, and nothing of it stays', async () => {
  desk = new WatchDesk();
  const first =
    'CceService Error: 0 : System.Security.Cryptography.CryptographicException: Key not valid for use in specified state.\r\n';
  writeFileSync(desk.path(), healthy(minute(0)) + first);
  await desk.look();
  expect(desk.told()).toEqual(['incident.opened credential-key-invalid-state']);
  appendFileSync(desk.path(), '   at System.Security.Cryptography.X509Certificates.X509Certificate.ExportHelper()\r\n');
  await desk.look();
  expect(desk.hits()).toEqual({});
  expect(desk.query('SELECT count(*) FROM incidents')).toEqual([[0]]);
  expect(desk.events.at(-1)).toMatchObject({ event: 'incident.resolved', why: expect.stringContaining('cut') });
  await sameAsAnalysis();
});

it('a place far behind a hole is exact', async () => {
  desk = new WatchDesk();
  const writer = openSync(desk.path(), 'w');
  writeSync(writer, healthy(minute(0)));
  await desk.look();
  ftruncateSync(writer, 0);
  writeSync(writer, keyError(minute(1)), 40_000_000);
  await desk.look();
  await desk.look(3000);
  closeSync(writer);
  expect(desk.query('SELECT byte_start FROM hits')).toEqual([[40_000_000]]);
  await sameAsAnalysis();
});
