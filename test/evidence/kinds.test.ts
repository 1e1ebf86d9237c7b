/**
 * Evidence of every kind opens again: each id that a report shows leads to the bytes that were seen, by their digest, in
 * files and in archives; and what has changed or is gone is told and never shown as proof.
 */
import { hash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { parseProductVersion } from '../../src/incidents/versions.js';
import type { Evidence, Report, StateExample } from '../../src/model.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { openEvidence } from '../../src/pipeline/open-evidence.js';
import { rawEvidence } from '../../src/pipeline/raw-evidence.js';
import { reportOf } from '../../src/pipeline/report.js';
import { openStore, type Store } from '../../src/store/index.js';
import { evtxOf } from '../support/evtx-writer.js';
import { makeCertificates } from '../support/openssl.js';
import { healthy, keyError, logonFailure, minute, record } from '../support/synthetic-log.js';
import { temporaryFolders } from '../support/temporary-folders.js';
import { zipOf } from '../unit/archive-kit.js';

const pack = await loadPack();
const folders = temporaryFolders();

interface Analyzed {
  store: Store;
  report: Report;
}

async function analyzed(path: string, { version, asOf }: Partial<StateExample> = {}): Promise<Analyzed> {
  const store = openStore(':memory:');
  const known = version === undefined ? null : { version: parseProductVersion(version), origin: 'given' };
  const detector = new Detector(pack);
  const analysis = await analyze({ paths: [path], store, detector, version: known, asOf: asOf ?? null });
  return { store, report: reportOf(analysis, store, pack, { toolVersion: '0', version: known, selection: {} }) };
}

const allEvidence = ({ incidents, unknown }: Report): Evidence[] => [
  ...incidents.flatMap(({ evidence }) => evidence),
  ...unknown.map(({ evidence }) => evidence),
];

/** Opens a piece in both ways; `bytes` are those of its source, where the test has them. */
async function opened(store: Store, { id }: Evidence, bytes: (source: string) => Buffer) {
  const found = store.evidence(id);
  const [shown, raw] = [await openEvidence(found, 2), await rawEvidence(found)];
  const { byteStart, byteEnd } = found.evidence;
  const slice = bytes(found.path).subarray(byteStart, byteEnd);
  return {
    id,
    state: shown.state,
    rawState: raw.state,
    isExact: raw.bytes !== null && hash('sha256', raw.bytes) === hash('sha256', slice),
  };
}

async function expectExact({ store, report }: Analyzed, bytes: (source: string) => Buffer): Promise<Evidence[]> {
  const pieces = allEvidence(report);
  for (const piece of pieces)
    expect(await opened(store, piece, bytes)).toEqual({
      id: piece.id,
      state: 'unchanged',
      rawState: 'unchanged',
      isExact: true,
    });
  return pieces;
}

const fromDisk = (source: string) => readFileSync(source);

function written({ files, encoding }: StateExample): Record<string, Buffer> {
  const bytes = (text: string) =>
    encoding === undefined
      ? Buffer.from(text)
      : Buffer.from(`\uFEFF${text}`, encoding === 'utf-16le' ? 'utf16le' : 'utf8');
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytes(text)]));
}

const states = pack.signatures.flatMap(({ id, examples }) =>
  (examples.found ?? []).map((example, index): [string, StateExample] => [`${id} ${index + 1}`, example]),
);

describe('evidence of a state', () => {
  test.each(states)('%s: the bytes of the fact, in a folder and in an archive', async (_, example) => {
    const files = written(example);
    const folder = folders(files);
    const pieces = await expectExact(await analyzed(folder, example), fromDisk);
    const zip = join(folders({ 'b.zip': await zipOf(files) }), 'b.zip');
    const members = await expectExact(await analyzed(zip, example), (source) => {
      const name = source.slice(resolve(zip).length + 2);
      return files[name] as Buffer;
    });
    expect(members.length).toBe(pieces.length);
  });

  test('there are examples of it', () => {
    expect(states.length).toBeGreaterThan(40);
  });
});

describe('evidence of records', () => {
  test('of a log in each encoding, hits and unknown errors', async () => {
    const text =
      healthy(minute(0)) +
      keyError(minute(1)) +
      logonFailure(minute(2), 'üser@contoso.example') +
      record('Error', 'Ünknown 😀 thing', minute(3));
    const forms = {
      'utf-8': Buffer.from(text),
      'utf-8-bom': Buffer.from(`\uFEFF${text}`),
      'utf-16le': Buffer.from(`\uFEFF${text}`, 'utf16le'),
      'utf-16be': Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      damaged: Buffer.concat([
        Buffer.from(text.replace('Ünknown', 'x')),
        Buffer.from([0xff, 0xfe, 0x80]),
        Buffer.from(text),
      ]),
    };
    for (const bytes of Object.values(forms)) {
      const pieces = await expectExact(await analyzed(join(folders({ 'x.log': bytes }), 'x.log')), fromDisk);
      expect(pieces.map(({ id }) => id[0]).join('')).toMatch(/^e+u+$/);
    }
  });

  test('of a binary event log; one with a password only as text', async () => {
    const event = (id: number, text: string) => ({
      id,
      time: `2018-09-07T10:${10 + (id % 50)}:37.1234567Z`,
      strings: [text],
    });
    const log = evtxOf([
      event(304, 'Completed recovery of the appliance, recover result: CannotRecover'),
      event(20006, 'Appliance cannot be recovered automatically, please recover manually password=hunter2'),
    ]);
    const { store, report } = await analyzed(join(folders({ 'a.evtx': log }), 'a.evtx'));
    const results = await Promise.all(allEvidence(report).map((piece) => opened(store, piece, fromDisk)));
    expect(results.map(({ state, rawState }) => `${state} ${rawState}`)).toEqual(
      results.map(() => 'unchanged unchanged'),
    );
    expect(results.map(({ isExact }) => isExact).sort()).toEqual([false, true]);
    for (const { id } of allEvidence(report)) {
      const { bytes, why } = await rawEvidence(store.evidence(id));
      if (bytes === null) expect(why).toMatch(/password/);
      else expect(bytes.includes(Buffer.from('hunter2', 'utf16le'))).toBe(false);
    }
  });

  test('of a certificate, as DER and as PEM', async () => {
    const { file } = makeCertificates();
    const ini = '[Common]\r\nSiteName=Seattle\r\nVirtualMachineDomain=contoso.example\r\n';
    for (const form of ['der', 'pem']) {
      const folder = folders({
        'CloudConnector.ini': ini,
        [`edge/old.${form}`]: file(`old.${form}`),
        [`ca/root.${form}`]: file(`root.${form}`),
      });
      const analysis = await analyzed(folder, { asOf: '2040-01-01T00:00:00Z' });
      const pieces = await expectExact(analysis, fromDisk);
      expect(pieces.filter(({ source }) => source.endsWith(`.${form}`)).length).toBeGreaterThan(0);
    }
  });

  test('of a record that proves a failure over', async () => {
    const [signature] = pack.signatures.filter(
      ({ resolvedBy, examples }) => resolvedBy !== undefined && (examples.resolves?.length ?? 0) > 0,
    );
    const [failure, over] = [
      signature?.examples.match[0]?.text as string,
      signature?.examples.resolves?.[0]?.text as string,
    ];
    const at = (text: string, time: string) =>
      /DateTime=/.test(text) ? text.replace(/DateTime=\S+/g, `DateTime=${time}`) : record('Error', text, time);
    const log = at(failure, minute(1)) + at(over, minute(2)).replace(' Error: ', ' Information: ') + healthy(minute(3));
    const { store, report } = await analyzed(
      join(folders({ 'CceManagementService.log': log }), 'CceManagementService.log'),
    );
    const events = report.incidents.flatMap(({ id }) => store.incident(id).history);
    const ids = events.flatMap(({ detail }) => (detail !== null && /^r[0-9a-f]{12}$/.test(detail) ? [detail] : []));
    for (const id of ids) {
      const { evidence } = store.evidence(id);
      expect(await opened(store, evidence, fromDisk)).toMatchObject({ state: 'unchanged', isExact: true });
    }
    expect(ids.length).toBeGreaterThan(0);
  });
});

describe('raw bytes', () => {
  const secret = (value: string) =>
    keyError(minute(1)).replace('   at ', `   at -Password "${value}" then\r\n   at `) + healthy(minute(2));

  test.each(['utf8', 'utf16le'] as const)(
    'hold no password, and each other byte at its place (%s)',
    async (encoding) => {
      const bytes = Buffer.from(`\uFEFF${secret('Geheim-ü-😀-9')}`, encoding);
      const { store, report } = await analyzed(join(folders({ 'x.log': bytes }), 'x.log'));
      const [{ id, byteStart, byteEnd }] = allEvidence(report) as [Evidence];
      const raw = (await rawEvidence(store.evidence(id))).bytes as Buffer;
      const slice = bytes.subarray(byteStart, byteEnd);
      expect(raw).toHaveLength(slice.length);
      expect(raw.includes(Buffer.from('Geheim', encoding))).toBe(false);
      const masked = [...slice].filter((byte, at) => byte !== raw[at]).length;
      const word = Buffer.from('"Geheim-ü-😀-9"', encoding).length;
      expect(masked).toBeLessThanOrEqual(word);
      expect(raw.includes(Buffer.from('   at -Password ', encoding))).toBe(true);
      expect(raw.includes(Buffer.from(' then\r\n', encoding))).toBe(true);
    },
  );

  test('are not there where the file has changed or is gone', async () => {
    const path = join(folders({ 'x.log': keyError(minute(1)) }), 'x.log');
    const { store, report } = await analyzed(path);
    const [piece] = allEvidence(report) as [Evidence];
    writeFileSync(path, keyError(minute(1)).replace('Key not', 'All is'));
    expect(await rawEvidence(store.evidence(piece.id))).toMatchObject({ state: 'changed', bytes: null });
    rmSync(path);
    expect(await rawEvidence(store.evidence(piece.id))).toMatchObject({ state: 'gone', bytes: null });
  });
});
