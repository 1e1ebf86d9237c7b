import { describe, expect, it } from 'vitest';
import type { ApplianceContext, KnownName } from '../../src/context/index.js';
import { context, fact, ini, log, output, row, running, service, source, transcript, vm } from './context-kit.js';

const only = (...sources: Parameters<typeof context>[0]): ApplianceContext => {
  const { appliances } = context(sources);
  expect(appliances).toHaveLength(1);
  return appliances[0]!;
};
const known = ({ known: facts }: ApplianceContext, name: KnownName) => facts.find((one) => one.name === name);
const scripts = (version: string) => fact('version', { of: 'scripts', version }, { command: 'Get-CcVersion' });

describe('the version of an appliance', () => {
  it('is that of the running VMs, though the scripts are newer', () => {
    const found = only(transcript('in/t.txt', 'CCEHOST1', [running('1.4.2'), scripts('2.1')]));
    expect(found.running).toEqual({ version: '1.4.2', origin: 'Get-CcRunningVersion', basis: 'said' });
    expect(found.scripts?.version).toBe('2.1.0');
    expect(found.product?.version).toBe('1.4.2');
  });

  it('stands in module.ini, which is believed less than an answer or the running VMs', () => {
    const written = source('in/module.ini', 'config', {
      facts: [
        fact('version', { of: 'running', version: '1.4.2' }),
        fact('version', { of: 'scripts', version: '1.4.2' }),
      ],
    });
    expect(only(written).running).toEqual({ version: '1.4.2', origin: 'module.ini', basis: 'inferred' });
    const named = only(written, output('in/vm.txt', vm('CCEMS1-2.1.0')));
    expect(named.product?.version).toBe('2.1.0');
    const answered = only(written, output('in/v.txt', running('2.0.1'), scripts('2.1')));
    expect(answered.running?.version).toBe('2.0.1');
    expect(answered.scripts?.version).toBe('2.1.0');
    expect(known(answered, 'running-version')?.contradictedBy.map(({ value }) => value)).toEqual(['1.4.2']);
  });

  it('is that of the scripts, then of the bits, where the command answers with nothing', () => {
    const bits = fact('version', { of: 'bits', version: '1.4.1' });
    const found = only(output('in/v.txt', running(''), scripts('2.0.1'), bits));
    expect(found.running).toBeNull();
    expect(found.product?.version).toBe('2.0.1');
    expect(only(output('in/v.txt', running(''), bits)).product?.version).toBe('1.4.1');
  });

  it('stands in the names of VMs: of those that run, not of those kept from before', () => {
    const found = only(output('in/vm.txt', vm('CCEMS1-2.1.0'), vm('CCEMS1-1.4.2', 'Off')));
    expect(found.running).toEqual({ version: '2.1.0', origin: 'the name of the VM CCEMS1-2.1.0', basis: 'inferred' });
    expect(known(found, 'running-version')?.contradictedBy).toEqual([]);
    const both = only(output('in/vm.txt', vm('CCEMS1-2.0.1'), vm('CCEAD1-2.1.0')));
    expect(both.product?.version).toBe('2.1.0');
    expect(known(both, 'running-version')?.contradictedBy.map(({ value }) => value)).toEqual(['2.0.1']);
  });

  it('is contradicted by what is believed less, and both are kept', () => {
    const found = only(
      output('in/v.txt', running('2.0.1')),
      output('in/vm.txt', vm('CCEMS1-2.1.0')),
      ini('in/CloudConnector.ini', { build: '6.0.9319.419', keys: [['Common', 'OMSEnabled', 'false']] }),
      log('in/Instances/1.4.2-default/a.log'),
    );
    expect(found.product?.version).toBe('2.0.1');
    const version = known(found, 'running-version')!;
    expect(version.from.map(({ source: path, command }) => [path, command])).toEqual([
      ['in/v.txt', 'Get-CcRunningVersion'],
    ]);
    expect(version.contradictedBy.map(({ value, from }) => [value, from.length])).toEqual([
      ['2.1.0', 3],
      ['1.4.2', 1],
    ]);
    expect(known(found, 'build')?.value).toBe('6.0.9319.419');
  });

  it('is inferred from folder, build and keys in this order, and never from a key that leaves it open', () => {
    const keys = (...list: [string, string][]) =>
      ini('in/CloudConnector.ini', { keys: list.map(([section, key]) => [section, key, 'x']) });
    const of20 = keys(['TrunkConfiguration', 'ForwardPAI']);
    expect(only(of20, log('in/Instances/2.0.1-default/a.log')).product?.version).toBe('2.0.1');
    expect(known(only(of20, log('in/Instances/2.0.1-default/a.log')), 'running-version')?.contradictedBy).toEqual([]);
    expect(only(of20).product).toEqual({
      version: '2.0.0',
      origin: 'the key ForwardPAI in the ini',
      basis: 'inferred',
    });
    expect(only(of20).running).toBeNull();
    const of14 = only(keys(['Common', 'HardwareType']));
    expect([of14.product, known(of14, 'key-version')?.value]).toEqual([null, '1.4']);
    expect(only(keys(['Common', 'ADDomain'])).product?.version).toBe('1.3.8');
    expect(only(ini('in/CloudConnector.ini', { build: '6.0.9319.1' })).product).toBeNull();
  });

  it('was said last where it was said twice', () => {
    const found = only(transcript('in/t.txt', 'CCEHOST1', [running('1.4.2'), running('2.1.0')]));
    expect(found.running?.version).toBe('2.1.0');
    expect(known(found, 'running-version')?.contradictedBy.map(({ value }) => value)).toEqual(['1.4.2']);
  });
});

describe('site, servers and copies of the ini', () => {
  it('come from the sections they stand in', () => {
    const found = only(ini('in/CloudConnector.ini'), transcript('in/t.txt', 'ccehost1.corp.example'));
    expect(found.site).toBe('Seattle');
    expect(found.servers).toEqual([
      { role: 'host', name: 'ccehost1', fqdn: 'ccehost1.corp.example', address: null },
      { role: 'ad', name: 'CCEAD1', fqdn: 'CCEAD1.cce.local', address: '192.0.2.11' },
      { role: 'cms', name: 'CCECMS1', fqdn: 'CCECMS1.cce.local', address: '192.0.2.12' },
      { role: 'mediation', name: 'CCEMS1', fqdn: 'CCEMS1.cce.local', address: '192.0.2.13' },
      { role: 'edge', name: 'CCEEDGE1', fqdn: 'CCEEDGE1.cce.local', address: '192.0.2.14' },
    ]);
    expect(known(found, 'edge-fqdn')?.value).toBe('ap.contoso.example');
  });

  it('two sites of one name are told apart by their Edge', () => {
    const one = (folder: string, domain: string) => [
      ini(`in/${folder}/CloudConnector.ini`, { site: 'Site1', domain }),
      transcript(`in/${folder}/t.txt`, `HOST-${folder}`),
    ];
    const sites = (...folders: [string, string][]) =>
      context(folders.flatMap(([folder, domain]) => one(folder, domain))).appliances.map(({ site }) => site);
    expect(sites(['north', 'x.example'], ['south', 'x.example'])).toEqual(['Site1', 'Site1']);
    expect(sites(['north', 'x.example'], ['south', 'y.example'])).toEqual([
      'Site1 (ap.x.example)',
      'Site1 (ap.y.example)',
    ]);
  });

  it('rows of the tenant belong to the appliance they name, and to their site', () => {
    const found = context([
      ini('in/host1/CloudConnector.ini'),
      transcript('in/host1/t.txt', 'CCEHOST1', [running('2.1')]),
      ini('in/host2/CloudConnector.ini', { number: 2 }),
      log('in/host2/a.log'),
      output(
        'in/pstn.txt',
        row('CCEHOST1', 1),
        row('CCEHOST2', 2),
        row('CCEHOST9', 9),
        fact('pstn-site', { name: 'Seattle', edgeFqdn: 'ap.contoso.example' }),
        fact('hybrid-mediation-server', { fqdn: 'ccems1.cce.local' }),
      ),
    ]);
    const placed = found.facts.filter(({ source: path }) => path === 'in/pstn.txt');
    expect(placed.map(({ appliance, site, role }) => [appliance, site, role])).toEqual([
      ['CCEHOST1', 'Seattle', null],
      ['CCEHOST2', 'Seattle', null],
      [null, 'Seattle', null],
      [null, 'Seattle', null],
      ['CCEHOST1', 'Seattle', 'mediation'],
    ]);
    expect(found.of('in/pstn.txt')).toBeNull();
    expect(found.appliances.map(({ key }) => key)).toEqual(['CCEHOST1', 'CCEHOST2']);
  });

  it('a site of the tenant that differs from the ini stands beside it', () => {
    const found = only(
      ini('in/CloudConnector.ini'),
      transcript('in/t.txt', 'CCEHOST1', [row('CCEHOST1', 1, 'Redmond')]),
    );
    expect(found.site).toBe('Seattle');
    expect(known(found, 'site')?.contradictedBy.map(({ value }) => value)).toEqual(['Redmond']);
  });

  it('copies of the ini are compared: the one that the product reads is believed', () => {
    const imported = ini('in/C$/ProgramData/CloudConnector/CloudConnector.ini', { keys: [['Common', 'State', '']] });
    const edited = ini('in/ApplianceRoot/CloudConnector.ini', { site: 'Redmond' });
    const found = only(edited, imported, ini('in/ApplianceRoot/CloudConnector.Sample.ini', { site: 'Site1' }));
    expect(found.site).toBe('Seattle');
    expect(known(found, 'ini-copies')?.value).toBe('differ in [Common]SiteName, [Common]State');
    expect(known(found, 'ini:[Common]SiteName')?.contradictedBy[0]).toMatchObject({
      value: 'Redmond',
      from: [{ source: 'in/ApplianceRoot/CloudConnector.ini' }],
    });
    expect(known(found, 'ini:[Common]State')).toMatchObject({
      value: '',
      contradictedBy: [{ value: '(no such line)' }],
    });
    const alike = ini('in/ApplianceRoot/CloudConnector.ini', { keys: [['Common', 'State', '']] });
    expect(known(only(alike, imported), 'ini-copies')?.value).toBe('alike');
  });

  it('the last moment is that of its own sources', () => {
    const found = context([
      transcript('in/host1/t.txt', 'A1'),
      log('in/host1/a.log', '2018-09-07T10:40:37.3875187Z'),
      log('in/host1/b.log', '2018-09-07T10:40:37.38Z'),
      log('in/host1/c.log', 'yesterday'),
      transcript('in/host2/t.txt', 'B1'),
      log('in/a.log', '2019-01-01T00:00:00Z'),
    ]);
    expect(found.appliances.map(({ asOf }) => asOf)).toEqual(['2018-09-07T10:40:37.3875187Z', null]);
  });
});

describe('the server of a fact', () => {
  const roles = (path: string, ...facts: Parameters<typeof output>[1][]) =>
    context([ini('in/CloudConnector.ini'), output(path, ...facts)])
      .facts.filter((one) => one.source === path)
      .map(({ role }) => role);

  it('is told by its machine, its services, its names and addresses, then by file and folder', () => {
    expect(roles('in/a.txt', service('REPLICA', { machine: 'ccecms1.cce.local' }))).toEqual(['cms']);
    expect(roles('in/a.txt', service('REPLICA'), service('RTCSRV'), service('RTCMRAUTH'))).toEqual([
      'edge',
      'edge',
      'edge',
    ]);
    expect(roles('in/a.txt', service('REPLICA'), service('MASTER'), service('REPLICA'), service('RTCMEDSRV'))).toEqual([
      'cms',
      'cms',
      'mediation',
      'mediation',
    ]);
    expect(roles('in/a.txt', vm('CCEEDGE1-2.1.0'), fact('vm-adapter', { vm: 'Mediation 2.1.0' }))).toEqual([
      'edge',
      'mediation',
    ]);
    expect(roles('in/a.txt', fact('firewall-rule', { name: 'CS RTCMEDSRV' }))).toEqual(['mediation']);
    expect(roles('in/a.cer', fact('certificate', { subject: 'CN=ccems1.cce.local', isAuthority: 'no' }))).toEqual([
      'mediation',
    ]);
    expect(roles('in/a.cer', fact('certificate', { subject: 'CN=ap.contoso.example, O=X' }))).toEqual(['edge']);
    expect(
      roles('in/a.txt', fact('ip-adapter', { address: '192.0.2.12' }), fact('ip-adapter', { address: '192.0.2.99' })),
    ).toEqual(['cms', null]);
    expect(roles('in/Edge/host.txt', service('REPLICA'))).toEqual(['host']);
    expect(
      roles('in/a.txt', fact('service', { name: 'REPLICA', displayName: 'Skype for Business Server Replica R...' })),
    ).toEqual([null]);
    expect(
      roles('in/a.txt', fact('service', { name: 'RTCSRV', displayName: 'Skype for Business Server Access E...' })),
    ).toEqual(['edge']);
    expect(roles('in/Edge/services.txt', service('REPLICA'))).toEqual(['edge']);
    expect(roles('in/ccead1 ipconfig.txt', fact('ip-adapter', { address: '192.0.2.99' }))).toEqual(['ad']);
    expect(roles('in/a.txt', running('2.1'), service('REPLICA'))).toEqual(['host', null]);
  });

  it('is the host for a transcript of the host, and the VM for one of a VM', () => {
    const found = context([
      ini('in/CloudConnector.ini'),
      transcript('in/host.txt', 'HV7', [running('2.1'), fact('dotnet', { release: '394271' })]),
      transcript('in/vm.txt', 'CCECMS1', [fact('dotnet', { release: '394271' })]),
      source('in/other.reg', 'config', { facts: [fact('dotnet', { release: '1' })] }),
    ]);
    const dotnet = found.facts.filter(({ about }) => about === 'dotnet');
    expect(dotnet.map(({ role, appliance }) => [role, appliance])).toEqual([
      ['host', 'HV7'],
      [null, 'HV7'],
      ['cms', 'HV7'],
    ]);
  });

  it('is that of the VM for a row of the list that a host prints, in a transcript too', () => {
    const listed = [vm('CCEMS1-2.1.0', 'Saved'), fact('vm-adapter', { vm: 'CCEEDGE1-2.1.0', switch: '' })];
    const own = listed.map((one) => ({ ...one, machine: 'CCEHOST1' }));
    const found = context([ini('in/CloudConnector.ini'), transcript('in/host.txt', 'CCEHOST1', own)]);
    const rows = found.facts.filter(({ about }) => about.startsWith('vm'));
    expect(rows.map(({ role }) => role)).toEqual(['mediation', 'edge']);
  });
});

describe('the last moment', () => {
  it('is the newest time, also of a listing that begins with it', () => {
    const [newest, oldest] = ['2018-09-27T12:00:00Z', '2018-09-01T12:00:00Z'];
    const listed = source('in/events.csv', 'event-log', { firstTime: newest, lastTime: oldest });
    expect(context([listed]).appliances[0]?.asOf).toBe(newest);
  });
});

describe('VMs on a host that are not the product’s', () => {
  it('have no role where the ini names others', () => {
    const vms = [vm('FILESRV-DC', 'Off'), vm('CCEAD1'), vm('MS-2.0.1', 'Off'), vm('edge', 'Off')];
    const found = context([ini('in/CloudConnector.ini'), output('in/vm.txt', ...vms)]);
    const roles = found.facts.filter(({ about }) => about === 'vm').map(({ role }) => role);
    expect(roles).toEqual([null, 'ad', 'mediation', null]);
  });

  it('and a name that a table cut is that of the one server it may begin', () => {
    const vms = ['CCEED...', 'CCEM…', 'CCE...', 'FILES...'].map((name) => vm(name, 'Off'));
    const found = context([ini('in/CloudConnector.ini'), output('in/vm.txt', ...vms)]);
    const roles = found.facts.filter(({ about }) => about === 'vm').map(({ role }) => role);
    expect(roles).toEqual(['edge', 'mediation', null, null]);
  });
});

describe('what was collected twice', () => {
  const down = (path: string, state: string) =>
    output(path, { ...vm('CCEMS1-2.1.0', state) }, { ...running(state === 'Off' ? '1.4.2' : '2.1.0') });
  const states = (...paths: [string, string]) => {
    const found = context([ini('in/CloudConnector.ini'), down(paths[0], 'Off'), down(paths[1], 'Running')]);
    const vms = found.facts.filter(({ about }) => about === 'vm');
    return [vms.map(({ values }) => values['state']), found.appliances[0]?.product?.version];
  };
  const NEW = [['Running'], '2.1.0'];

  it('counts as the later source has it, where names tell which is later', () => {
    expect(states('in/before/vm.txt', 'in/after/vm.txt')).toEqual(NEW);
    expect(states('in/vm_vorher.txt', 'in/vm_nachher.txt')).toEqual(NEW);
    expect(states('in/2018-09-26/vm.txt', 'in/2018-09-27/other.txt')).toEqual(NEW);
    expect(states('in/c-H1-20180926T100000Z.zip!/vm.txt', 'in/c-H1-20180926T110000Z.zip!/vm.txt')).toEqual(NEW);
    expect(states('in/x/vm 20180926-1000.txt', 'in/a/vm 20180926-1001.txt')).toEqual(NEW);
  });

  it('counts as the later transcript has it, by the times at which they begin', () => {
    const told = (path: string, state: string, lastTime: string | null) =>
      source(path, 'console', { machines: ['CCEHOST1'], facts: [vm('CCEMS1-2.1.0', state)], lastTime });
    const left = (one: string | null, other: string | null) =>
      context([ini('in/CloudConnector.ini'), told('in/z.txt', 'Off', one), told('in/a.txt', 'Running', other)])
        .facts.filter(({ about }) => about === 'vm')
        .map(({ values }) => values['state']);
    expect(left('2018-09-27T08:00:00Z', '2018-09-27T09:30:00Z')).toEqual(['Running']);
    expect(left('2018-09-27T08:00:00Z', '2018-09-27T08:00:00Z')).toHaveLength(2);
    expect(left('2018-09-27T08:00:00Z', null)).toHaveLength(2);
  });

  it('counts as both have it where none is known to be later', () => {
    for (const [one, other] of [
      ['in/1/vm.txt', 'in/2/vm.txt'],
      ['in/before/vm.txt', 'in/2018-09-27/vm.txt'],
      ['in/2018-09-27/vm.txt', 'in/2018-09-27 11-00/vm.txt'],
      ['in/beforehand/vm.txt', 'in/after/vm.txt'],
    ] as const)
      expect(states(one, other)[0]).toHaveLength(2);
  });

  it('keeps what the later source does not tell, and what is of another server', () => {
    const found = context([
      ini('in/CloudConnector.ini'),
      output('in/before/Edge/s.txt', service('RTCMRAUTH'), service('REPLICA')),
      output('in/before/Mediation/s.txt', service('RTCMEDSRV'), service('REPLICA')),
      output('in/after/Mediation/s.txt', service('RTCMEDSRV')),
    ]);
    const kept = found.facts.filter(({ about }) => about === 'service');
    expect(kept.map(({ source, values }) => [source.slice(3), values['name']])).toEqual([
      ['after/Mediation/s.txt', 'RTCMEDSRV'],
      ['before/Edge/s.txt', 'RTCMRAUTH'],
      ['before/Edge/s.txt', 'REPLICA'],
      ['before/Mediation/s.txt', 'REPLICA'],
    ]);
  });

  it('replaces an ini by the one of the same name, and no copy by another', () => {
    const ofDay = (day: string, site: string) => [
      ini(`in/${day}/ProgramData/CloudConnector.ini`, { site }),
      ini(`in/${day}/ApplianceRoot/CloudConnector.ini`, { site: 'Edited' }),
    ];
    const [first] = context([...ofDay('2018-09-26', 'Old'), ...ofDay('2018-09-27', 'New')]).appliances;
    expect(first?.site).toBe('New');
    const site = first?.known.find(({ name }) => name === 'ini:[Common]SiteName');
    expect([site?.value, site?.contradictedBy.map(({ value }) => value)]).toEqual(['New', ['Edited']]);
  });

  it('is no ini that was kept before a change, where there is the other', () => {
    for (const old of ['CloudConnector_old.ini', 'CloudConnector - Copy.ini', 'CloudConnector.ini.bak']) {
      const [both] = context([ini('in/CloudConnector.ini'), ini(`in/${old}`, { site: 'Old' })]).appliances;
      expect([both?.site, both?.known.filter(({ name }) => name.startsWith('ini'))]).toEqual(['Seattle', []]);
      expect(context([ini(`in/${old}`, { site: 'Old' })]).appliances[0]?.site).toBe('Old');
    }
  });
});
