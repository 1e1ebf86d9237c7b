/** A signature of one's own that says which record proves its failure over. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPack, type Pack } from '../../src/detectors/pack/load.js';

export const FIRE = `id: gateway-on-fire
title: A gateway is on fire
severity: error
status: experimental
detection: text
appearsIn: [trace-log, console, event-log]
cause: It burns.
match:
  - all:
      - text: the gateway is on fire
resolvedBy:
  - all:
      - text: the (?:house and the)? gateway burns no more
      - not: almost
fixes:
  - id: put-it-out
    title: Put it out
    steps:
      - text: Pour water on it.
versionUnknown: It does not matter.
references: [my own notes]
examples:
  match:
    - { in: trace-log, text: "CceService Error: 0 : the gateway is on fire" }
    - { text: "the gateway is on fire" }
  noMatch:
    - { text: "the gateway burns no more", why: it is out }
    - { text: "the house is on fire", why: no gateway }
  resolves:
    - { in: trace-log, text: "CceService Error: 0 : the gateway burns no more" }
  notResolves:
    - { text: "almost, the gateway burns no more", why: it burns still }
`;
/** What a record says of the failure, and of its end. */
export const FAILED = 'the gateway is on fire';
export const OVER = 'the gateway burns no more';

/** A folder with a signature of this text. */
export function folderOfFire(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-fire-'));
  writeFileSync(join(folder, 'gateway-on-fire.yaml'), text);
  return folder;
}

/** The built-in pack with a signature of this text beside it. */
export function packOf(text: string): Promise<Pack> {
  return loadPack([folderOfFire(text)]);
}
