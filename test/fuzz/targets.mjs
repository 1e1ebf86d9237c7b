/** What is fuzzed: each parser as the pipeline feeds it, over bytes. None may throw, hang, or give more than it was given. */
import { createBudget, openArchive } from '../../dist/bundles/archive/index.js';
import { readCertificates } from '../../dist/parsers/certificates/index.js';
import { detectEncoding } from '../../dist/parsers/encoding.js';
import { EventEntries, eventLogForm } from '../../dist/parsers/event-log/index.js';
import { EvtxEvents } from '../../dist/parsers/evtx/index.js';
import { FactReader } from '../../dist/parsers/facts/index.js';
import { Lines } from '../../dist/parsers/lines.js';
import { TextWindow } from '../../dist/parsers/text-window.js';

const LIMITS = { members: 200, bytes: 8 << 20, depth: 3, innerZip: 1 << 20 };
const FORMS = ['xml', 'text', 'list', 'csv'];

function throughLines(bytes, reader) {
  const window = new TextWindow(detectEncoding(bytes));
  const lines = new Lines(window);
  const take = (final) => {
    for (const line of lines.advance(final)) reader.push(line);
  };
  window.append(bytes);
  take(false);
  window.finish();
  take(true);
  reader.end();
}

export const TARGETS = {
  archive: async (bytes) => {
    let came = 0;
    for await (const member of openArchive({ path: 'a', bytes }, createBudget(LIMITS), () => {}))
      for await (const block of member.blocks()) came += block.length;
    // A stored member in a plain tar inside others is not counted by the budget, but cannot exceed what holds it.
    if (came > LIMITS.bytes + bytes.length * LIMITS.depth) throw new Error(`${came} bytes came out`);
  },
  evtx: (bytes) => {
    const events = new EvtxEvents();
    for (let at = 0; at < bytes.length; at += 65_536) events.push(bytes.subarray(at, at + 65_536));
    events.end();
  },
  certificate: (bytes) => {
    readCertificates(bytes);
  },
  ini: (bytes) => {
    for (const path of ['CloudConnector.ini', 'module.ini', 'CceSevicePersistent', 'manifest.json'])
      throughLines(bytes, new FactReader({ path, kind: 'config' }));
  },
  output: (bytes) => {
    for (const [path, kind] of [
      ['Get-VM.txt', 'command-output'],
      ['transcript.txt', 'console'],
      ['Get-CcRunningVersion.txt', 'command-output'],
    ])
      throughLines(bytes, new FactReader({ path, kind }));
  },
  event: (bytes) => {
    const own = eventLogForm(Buffer.from(bytes.subarray(0, 4096)).toString('utf8').split(/\r?\n/));
    for (const form of own === null ? FORMS : [own]) throughLines(bytes, new EventEntries(form));
  },
};
