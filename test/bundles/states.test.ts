/** One bundle for each state, with the fault and without: what is found, of whom, where, and which fix it gets. */
import { describe, expect, test } from 'vitest';
import type { Evidence, Incident } from '../../src/model.js';
import { bundleOf } from '../fixtures/bundles/bundle.ts';
import { FAULTS } from '../fixtures/bundles/faults.ts';
import { analyzed, states, writeBundle } from '../support/bundle-files.js';
import { desk } from '../support/run-ccelog.js';

/** All from the state of an appliance that the contract names. Whether an authority is compromised, no file tells. */
const OF_CONTRACT = [
  ...['deploy-nic-ip-missing', 'deploy-domain-join-failed', 'host-restart-calls-failing', 'pstn-escalation-fails'],
  ...['running-version-empty', 'switch-version-no-ha', 'internal-certificate-near-expiry'],
  ...['ca-certificate-near-expiry', 'first-appliance-ha-deploy-failed', 'manual-windows-update-needed'],
  ...['cmdlets-stale-after-update', 'service-down-cms', 'service-down-mediation', 'service-down-edge'],
  ...['vm-not-on-switch', 'vm-saved-or-stopped', 'inbound-firewall-rule-disabled', 'recovery-backoff'],
  'av-exclusions-missing',
];

describe.concurrent('a bundle', () => {
  test.each(FAULTS.map((fault) => [fault.id, fault.layout, fault.encoding, fault] as const))(
    'shows %s (%s, %s)',
    async (id, layout, _encoding, fault) => {
      const place = desk();
      const path = await writeBundle(place, 'with', bundleOf(fault, true), layout === 'zip');
      const { report, code } = await analyzed(place, [path]);
      expect(code).toBe(0);
      expect(states(report)).toEqual([id, ...(fault.with ?? [])].sort());

      const incident = report.incidents.find(({ signature }) => signature === id) as Incident;
      expect(incident.entities['found']).toMatch(fault.found);
      expect(incident).toMatchObject({ site: 'Seattle', status: 'open' });
      if (incident.scope === 'appliance') expect(incident.appliance).toMatch(/^CCEHOST[12]$/);
      else expect(fault.appliances).toBe(2);

      const selected = incident.fixes.filter((fix) => fix.selected);
      expect(selected.map((fix) => fix.id).sort()).toEqual([...fault.fixes].sort());
      for (const { reason, why } of incident.fixes)
        expect(why).toMatch(
          reason === 'any' ? /^the same for every/ : /\d\.\d\.\d \(Get-CcRunningVersion\)|\(the name of the VM /,
        );

      const [evidence] = incident.evidence as [Evidence];
      const shown = await place.ccelog(['show', evidence.id, '--format', 'json']);
      expect(shown.code).toBe(0);
      const { state, lines } = JSON.parse(shown.stdout) as {
        state: string;
        lines: { text: string; inRecord: boolean }[];
      };
      expect(state).toBe('unchanged');
      const inRecord = lines.filter((line) => line.inRecord).map(({ text }) => text);
      expect(inRecord.join('\n')).toMatch(fault.evidence);
    },
  );

  test.each(FAULTS.map((fault) => [fault.id, fault.layout, fault] as const))(
    'without it does not show %s, nor anything else (%s)',
    async (_id, layout, fault) => {
      const place = desk();
      const path = await writeBundle(place, 'without', bundleOf(fault, false), layout === 'zip');
      const { report, code } = await analyzed(place, [path]);
      expect(code).toBe(0);
      expect(states(report)).toEqual([]);
      const names = report.appliances.map(({ name, site, product }) => [name, site, product?.version]);
      const hosts = Array.from({ length: fault.appliances ?? 1 }, (_, index) => `CCEHOST${index + 1}`);
      expect(names).toEqual(hosts.map((host) => [host, 'Seattle', fault.version ?? '2.1.0']));
      // Everything is answered but what no file can tell.
      const open = new Set(report.questions.map(({ signature }) => signature));
      expect([...open]).toEqual([fault.appliances === 2 ? 'ca-compromised-multi' : 'ca-compromised-single']);
      const unread = report.sources.filter(({ skipped }) => skipped !== null).map(({ path: at }) => at);
      expect(unread.every((at) => at.endsWith('README.txt'))).toBe(true);
      const known = report.appliances.flatMap(({ known }) => known);
      expect(known.filter(({ contradictedBy }) => contradictedBy.length > 0)).toEqual([]);
    },
  );
});

test('there is a bundle for each state that files can show', () => {
  const ids = new Set(FAULTS.map(({ id }) => id));
  expect(OF_CONTRACT.filter((id) => !ids.has(id))).toEqual([]);
  const forms = new Set(FAULTS.map(({ layout, encoding }) => `${layout} ${encoding}`));
  for (const layout of ['flat', 'roles', 'tree', 'zip'])
    expect([...forms].filter((form) => form.startsWith(layout)).length).toBeGreaterThan(1);
});
