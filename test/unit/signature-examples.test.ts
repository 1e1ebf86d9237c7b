import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack, type Pack } from '../../src/detectors/pack/load.js';
import { signatureSchema } from '../../src/detectors/pack/schema.js';
import { fixesFor } from '../../src/incidents/fixes.js';
import { inRange } from '../../src/incidents/versions.js';
import { foundIn, hitsOf, runExamples } from '../../src/pipeline/run-examples.js';
import { findingsOf } from '../../src/pipeline/state-example.js';

const TEXT_IDS = [
  'tenant-admin-logon-failed',
  'credential-key-invalid-state',
  'dismount-image-0xc1550115',
  'management-switch-in-use',
  'rtcmrauth-start-failed',
  'windows-update-not-enabled-warning',
  'register-appliance-conflict',
  'dotnet-461-required',
  'ini-state-missing',
  'stop-cswindowsservice-not-recognized',
  'cloudconnector-module-not-loaded',
  'route-no-gateway-warning',
  'base-vm-windows-update-failed',
  'download-file-failed',
  'recovery-cannot-recover',
  'appliance-manual-recovery-required',
];
const STATE_IDS = [
  'deploy-nic-ip-missing',
  'deploy-domain-join-failed',
  'host-restart-calls-failing',
  'pstn-escalation-fails',
  'running-version-empty',
  'switch-version-no-ha',
  'internal-certificate-near-expiry',
  'ca-certificate-near-expiry',
  'ca-compromised-single',
  'ca-compromised-multi',
  'first-appliance-ha-deploy-failed',
  'manual-windows-update-needed',
  'cmdlets-stale-after-update',
  'service-down-cms',
  'service-down-mediation',
  'service-down-edge',
  'vm-not-on-switch',
  'vm-saved-or-stopped',
  'inbound-firewall-rule-disabled',
  'recovery-backoff',
  'av-exclusions-missing',
  'ini-server-name-too-long',
  'ini-address-used-twice',
  'ini-value-not-allowed',
  'appliance-directory-has-spaces',
  'site-settings-differ',
];
const folder = fileURLToPath(new URL('../../signatures/cce/', import.meta.url));
const VERSIONS = ['1.3.4', '1.3.8', '1.4.1', '1.4.2', '2.0.0', '2.0.1', '2.1.0'];

describe('the built-in pack', () => {
  let pack: Pack;
  beforeAll(async () => {
    pack = await loadPack();
  });

  it('has every id that is promised, one file each', () => {
    const detection = (wanted: string) =>
      pack.signatures.filter((signature) => signature.detection === wanted).map(({ id }) => id);
    expect(detection('text')).toEqual(expect.arrayContaining(TEXT_IDS));
    expect(detection('state')).toEqual(expect.arrayContaining(STATE_IDS));
    expect(readdirSync(folder).sort()).toEqual(pack.signatures.map(({ id }) => `${id}.yaml`));
  });

  it('recognises all its examples and none of its near misses', () => {
    const results = runExamples(pack);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(TEXT_IDS.length * 4);
  });

  it('finds no signature of the pack in the example of another', () => {
    const detector = new Detector(pack);
    for (const { id, examples } of pack.signatures) {
      for (const { text, in: kind } of examples.match)
        expect(
          hitsOf(detector, text, kind).map(({ signature }) => signature),
          text,
        ).toEqual([id]);
    }
  });

  it('finds in the files of a state no other state but those that lead to it or come of it', () => {
    const expected = new Set([
      'cmdlets-stale-after-update switch-version-no-ha',
      'host-restart-calls-failing service-down-edge',
      'host-restart-calls-failing vm-saved-or-stopped',
      'recovery-backoff service-down-mediation',
      'service-down-mediation recovery-backoff',
      'switch-version-no-ha cmdlets-stale-after-update',
      'vm-not-on-switch vm-saved-or-stopped',
    ]);
    const seen = pack.signatures.flatMap(({ id, examples }) =>
      [...(examples.found ?? []), ...(examples.notFound ?? [])].flatMap((example) =>
        findingsOf(pack.signatures, example).flatMap(({ signature }) =>
          signature === id ? [] : [`${id} ${signature}`],
        ),
      ),
    );
    expect(new Set(seen)).toEqual(expected);
  });

  it('shows each rule about a state in an example of its own', () => {
    const unseen = pack.signatures.flatMap(({ id, state = [], examples }) =>
      state.filter((rule) => {
        const alone = [{ id, state: [rule], question: undefined }];
        return !examples.found?.some((example) => findingsOf(alone, example).length > 0);
      }),
    );
    expect(unseen).toEqual([]);
  });

  it('takes no failure for over in the example of one, and finds none where one is over', () => {
    const detector = new Detector(pack);
    for (const { examples } of pack.signatures) {
      for (const { text, in: kind } of examples.match)
        expect(foundIn(detector, text, kind).recoveries, text).toEqual([]);
      for (const { text, in: kind } of examples.resolves ?? []) expect(hitsOf(detector, text, kind), text).toEqual([]);
    }
  });

  it('knows what proves a recovery of the appliance over, by success alone', () => {
    const detector = new Detector(pack);
    const said = (result: string) =>
      foundIn(
        detector,
        `CceService Information: 304 : Completed recovery of the appliance, recover result: ${result}\n    ThreadId=7\n`,
        'trace-log',
      ).recoveries.map(({ signature }) => signature);
    for (const result of ['Recovered', 'Success', 'Successful', 'Succeeded', 'RecoverSucceeded'])
      expect(said(result)).toEqual(['appliance-manual-recovery-required', 'recovery-cannot-recover']);
    for (const result of [
      'CannotRecover',
      'Recover',
      'NotRecovered',
      'PartiallyRecovered',
      'RecoveredPartially',
      'Recovered: False',
      'Unsuccessful',
      'SuccessWithErrors',
      'Success\nof 2 services of 5',
      'RecoverSkipped',
      'Unknown',
      '0',
      '',
    ])
      expect(said(result), result).toEqual([]);
  });

  it('knows a literal for every text signature, so that none is tried on every record', () => {
    const texts = pack.signatures.filter(({ detection }) => detection === 'text');
    expect(texts.filter(({ literals }) => literals.length === 0)).toEqual([]);
    expect(texts.filter(({ resolveLiterals }) => resolveLiterals?.length === 0)).toEqual([]);
  });

  it('has a fix for every product version in which a failure is known', () => {
    for (const signature of pack.signatures) {
      for (const version of VERSIONS.filter((entry) => inRange(entry, signature.versions))) {
        const chosen = fixesFor(signature, { version, origin: 'test' }).filter(({ selected }) => selected);
        expect(chosen.length, `${signature.id} in ${version}`).toBeGreaterThan(0);
      }
    }
  });

  it('has an editor schema that is up to date', () => {
    const written = JSON.parse(
      readFileSync(new URL('../../signatures/signature.schema.json', import.meta.url), 'utf8'),
    );
    const { $id, title, ...schema } = written;
    expect(schema).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(signatureSchema, { io: 'input' }))));
    expect($id).toBe('urn:ccelog:signature:1');
  });
});
