import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/facts.js';
import {
  context,
  fact,
  homes,
  ini,
  log,
  output,
  row,
  running,
  service,
  source,
  transcript,
  vm,
} from './context-kit.js';

describe('one appliance', () => {
  it('has no name where nothing tells one: the folder stands for it', () => {
    expect(homes([log('/var/in/CceManagementService.log')])).toEqual({
      '/var/in/CceManagementService.log': '/var/in/',
    });
    expect(homes([log('CceManagementService.log')])).toEqual({ 'CceManagementService.log': './' });
  });

  it('is called as the transcript says, in a flat zip too', () => {
    const sources = [
      log('b.zip!/CceManagementService.log'),
      ini('b.zip!/CloudConnector.ini'),
      transcript('b.zip!/transcript.txt', 'CCEHOST1'),
      output('b.zip!/ipconfig.txt', fact('ip-adapter', { adapter: 'Ethernet', address: '192.0.2.13' })),
    ];
    expect(new Set(Object.values(homes(sources)))).toEqual(new Set(['CCEHOST1']));
    expect(context(sources).appliances).toHaveLength(1);
  });

  it('is one through folders that tell dates, kinds, roles and places of Windows', () => {
    const sources = [
      transcript('in/2018-09-07/transcript.txt', 'ccehost1.corp.example'),
      log('in/2018-09-08/CceManagementService.log'),
      log('in/logs/old/CceManagementService (1).log'),
      ini('in\\C$\\ProgramData\\CloudConnector\\CloudConnector.ini'),
      ini('in\\C$\\Users\\svc-cce\\CloudConnector\\ApplianceRoot\\CloudConnector.ini'),
      output('in/CMS/services.txt', service('MASTER')),
      output('in/Edge/services.txt', service('RTCMRAUTH')),
      output('in/Mediation/services.txt', service('RTCMEDSRV')),
    ];
    expect(new Set(Object.values(homes(sources)))).toEqual(new Set(['ccehost1']));
  });

  it('is two where a host lies in a folder called after a server, however the folder of all is called', () => {
    for (const outer of ['outer', 'CCEHOST1', 'CCEHOST2', 'host']) {
      const sources = [
        transcript(`/var/${outer}/a.txt`, 'CCEHOST2'),
        transcript(`/var/${outer}/CMS/b.txt`, 'CCEHOST1'),
      ];
      expect(context(sources).appliances.map(({ name }) => name)).toEqual(['CCEHOST1', 'CCEHOST2']);
    }
  });

  it('has its logs of several days, each in an archive or folder of its own', () => {
    const sources = [log('in/20180907.zip!/CceManagementService.log'), log('in/2018-09-08/CceManagementService.log')];
    expect(homes([...sources, log('in/CceManagementService.log.gz!/CceManagementService.log')])).toEqual({
      'in/20180907.zip!/CceManagementService.log': 'in/',
      'in/2018-09-08/CceManagementService.log': 'in/',
      'in/CceManagementService.log.gz!/CceManagementService.log': 'in/',
    });
  });

  it('is not called like a VM: a name that an ini declares, a host lists, or services give away', () => {
    const files = (prefix: string) => [
      log(`${prefix}/CceManagementService.log`),
      transcript(`${prefix}/edge transcript.txt`, 'CCEEDGE1', [service('RTCMRAUTH')]),
    ];
    expect(new Set(Object.values(homes([...files('in'), ini('in/CloudConnector.ini')])))).toEqual(new Set(['in/']));
    expect(new Set(Object.values(homes(files('in'))))).toEqual(new Set(['in/']));
    const listed = transcript('in/host.txt', 'HV07', [vm('CCEEDGE1-2.1.0')]);
    expect(new Set(Object.values(homes([...files('in'), listed])))).toEqual(new Set(['HV07']));
  });

  it('keeps its name where one transcript is called after a VM, not where all are sorted by VM', () => {
    expect(homes([log('in/a.log'), transcript('in/edge.txt', 'CCEHOST1')])['in/a.log']).toBe('CCEHOST1');
    const sorted = ['Edge', 'CMS', 'Mediation'].map((role, n) => transcript(`in/${role}/t.txt`, `VM-00${n}`));
    expect(new Set(Object.values(homes([log('in/a.log'), ...sorted])))).toEqual(new Set(['in/']));
    expect(context(sorted).appliances[0]?.servers.map(({ role, name }) => [role, name])).toEqual([
      ['cms', 'VM-001'],
      ['mediation', 'VM-002'],
      ['edge', 'VM-000'],
    ]);
  });

  it('is called like the host whose transcript shows a VM, not like the VM', () => {
    const facts = [service('RTCMRAUTH'), service('RTCMEDIARELAY'), running('2.1.0')];
    expect(homes([transcript('in/t.txt', 'CCEHOST1', facts)])).toEqual({ 'in/t.txt': 'CCEHOST1' });
  });

  it('keeps its name where an event log begins with the name of before, or a PC lies beside it', () => {
    const events = source('in/app.evtx', 'event-log', { machines: ['WIN-0A1B2C3D4E5', 'CCEHOST1.corp.example'] });
    const sources = [log('in/CceManagementService.log'), events];
    expect(new Set(Object.values(homes(sources)))).toEqual(new Set(['CCEHOST1']));
    const withPc = [
      log('in/CceManagementService.log'),
      transcript('in/host.txt', 'CCEHOST1', [running('2.1')]),
      transcript('in/tenant.txt', 'ADMINPC7', [row('CCEHOST1', 1)]),
    ];
    expect(homes(withPc)['in/CceManagementService.log']).toBe('CCEHOST1');
    expect(homes(withPc)['in/tenant.txt']).toBe('ADMINPC7');
  });

  it('takes the name that is given, where no source tells one', () => {
    const own = transcript('in/t.txt', 'CCEHOST1');
    expect(homes([log('in/a.log')], 'SEATTLE1')).toEqual({ 'in/a.log': 'SEATTLE1' });
    expect(homes([log('in/a.log'), own], 'SEATTLE1')['in/a.log']).toBe('CCEHOST1');
    expect(homes([log('x/host1/a.log'), log('x/host2/a.log')], 'S1')['x/host1/a.log']).toBe('S1');
    expect(context([log('in/a.log'), own], 'ccehost1').appliances.map(({ name }) => name)).toEqual(['CCEHOST1']);
  });
});

describe('several appliances', () => {
  it('are told apart by what is said in their folders', () => {
    const sources = [1, 2, 3].flatMap((n) => [
      transcript(`site.zip!/host${n}/transcript.txt`, `CCEHOST${n}`),
      log(`site.zip!/host${n}/logs/CceManagementService.log`),
      ini(`site.zip!/host${n}/CloudConnector.ini`, { number: n }),
      transcript(`site.zip!/host${n}/CMS/t.txt`, `CCECMS${n}`),
    ]);
    const top = [log('site.zip!/CceManagementService.log'), output('site.zip!/pstn.txt', row('CCEHOST1', 1))];
    const found = homes([...sources, ...top]);
    for (const n of [1, 2, 3]) {
      for (const path of Object.keys(found).filter((name) => name.includes(`host${n}/`)))
        expect(found[path]).toBe(`CCEHOST${n}`);
    }
    expect(top.map(({ path }) => found[path])).toEqual([null, null]);
  });

  it('are called like their folders where nothing else tells a name, by day or by kind', () => {
    expect(
      homes([
        log('in/2018-09-07/seattle/CceManagementService.log'),
        log('in/2018-09-08/seattle/CceManagementService.log'),
        log('in/logs/denver/CceManagementService.log'),
        ini('in/config/denver/CloudConnector.ini', { number: 2 }),
      ]),
    ).toEqual({
      'in/2018-09-07/seattle/CceManagementService.log': 'seattle',
      'in/2018-09-08/seattle/CceManagementService.log': 'seattle',
      'in/logs/denver/CceManagementService.log': 'denver',
      'in/config/denver/CloudConnector.ini': 'denver',
    });
  });

  it('are apart by number, archive or ini, though one of them alone is named', () => {
    const named = (folder: string) => transcript(`in/${folder}/t.txt`, 'CCEHOST1');
    expect(homes([named('host1'), log('in/host2/a.log')])['in/host2/a.log']).toBe('host2');
    expect(homes([named('north.zip!'), log('in/south.zip!/a.log')])['in/south.zip!/a.log']).toBe('south');
    const inis = [ini('in/north/CloudConnector.ini'), ini('in/south/CloudConnector.ini', { number: 2 })];
    expect(homes([named('north'), log('in/south/a.log'), ...inis])['in/south/a.log']).toBe('south');
    expect(homes([named('notes'), log('in/things/a.log')])['in/things/a.log']).toBe('CCEHOST1');
    expect(
      homes([named('host1'), transcript('in/host2/t.txt', 'CCEHOST1'), log('in/host3/a.log')])['in/host3/a.log'],
    ).toBe('CCEHOST1');
  });

  it('are told apart by their folders where these hold nothing but the text of a console', () => {
    const text = (path: string) => source(path, 'console');
    expect(homes([text('in/CCEHOST1/c.txt'), text('in/CCEHOST2/c.txt')])).toEqual({
      'in/CCEHOST1/c.txt': 'CCEHOST1',
      'in/CCEHOST2/c.txt': 'CCEHOST2',
    });
    expect(new Set(Object.values(homes([text('in/errors/c.txt'), text('in/notes/c.txt')])))).toEqual(new Set(['in/']));
  });

  it('in one folder are told apart by names of files: known ones, or what alone differs', () => {
    const sources = ['ccehost1', 'ccehost2'].flatMap((host, n) => [
      output(`in/${host}_get-vm.txt`, vm(`CCEMS${n + 1}-2.1.0`)),
      output(`in/${host}_ipconfig.txt`, fact('machine', { name: host })),
      ini(`in/CloudConnector_${host}.ini`, { number: n + 1 }),
      transcript(`in/vm${n + 1}.txt`, `CCEMS${n + 1}`),
    ]);
    expect(homes(sources)).toEqual({
      'in/ccehost1_get-vm.txt': 'ccehost1',
      'in/ccehost1_ipconfig.txt': 'ccehost1',
      'in/CloudConnector_ccehost1.ini': 'ccehost1',
      'in/vm1.txt': 'ccehost1',
      'in/ccehost2_get-vm.txt': 'ccehost2',
      'in/ccehost2_ipconfig.txt': 'ccehost2',
      'in/CloudConnector_ccehost2.ini': 'ccehost2',
      'in/vm2.txt': 'ccehost2',
    });
    const unnamed = ['seattle', 'denver'].flatMap((host) => [
      output(`in/${host}_get-vm.txt`, vm('CCEMS')),
      output(`in/${host}_ipconfig.txt`, fact('ip-adapter', { adapter: 'a' })),
    ]);
    expect(homes(unnamed)['in/seattle_ipconfig.txt']).toBe('SEATTLE');
    expect(homes(unnamed)['in/denver_get-vm.txt']).toBe('DENVER');
  });

  it('are not made of roles, commands, dates and copies in names of files', () => {
    const files = [
      'cms_services.txt',
      'edge_services.txt',
      'get-vm_before.txt',
      'get-vm_after.txt',
      'a_1.txt',
      'a_2.txt',
    ];
    const sources = files.map((file) => output(`in/${file}`, service('REPLICA')));
    expect(new Set(Object.values(homes(sources)))).toEqual(new Set(['in/']));
  });

  it('have folders called like hosts that only the tenant names', () => {
    const sources = [
      log('in/CCEHOST1/a.log'),
      log('in/ccehost2 (export)/a.log'),
      output('in/pstn.txt', row('CCEHOST1', 1), row('CCEHOST2', 2)),
    ];
    expect(homes(sources)).toEqual({
      'in/CCEHOST1/a.log': 'CCEHOST1',
      'in/ccehost2 (export)/a.log': 'CCEHOST2',
      'in/pstn.txt': null,
    });
  });

  it('are not mistaken where a folder is called like another host than all in it say', () => {
    const sources = [
      transcript('in/CCEHOST2/t.txt', 'CCEHOST1'),
      log('in/CCEHOST2/a.log'),
      transcript('in/x/t.txt', 'CCEHOST2'),
    ];
    expect(homes(sources)['in/CCEHOST2/a.log']).toBe('CCEHOST1');
  });

  it('are found in a transcript that asks several hosts', () => {
    const asked = ['CCEHOST1', 'CCEHOST2'].map((machine) =>
      fact('version', { of: 'running', version: '2.1.0' }, { machine }),
    );
    const found = context([transcript('in/t.txt', 'ADMINPC7', asked)]);
    expect(found.facts.map(({ appliance }) => appliance)).toEqual(['CCEHOST1', 'CCEHOST2']);
    expect(found.appliances.map(({ key }) => key)).toEqual(['ADMINPC7', 'CCEHOST1', 'CCEHOST2']);
  });

  it('share names of VMs: the folder decides where an ini does not', () => {
    const sources = ['north', 'south'].flatMap((folder) => [
      ini(`in/${folder}/CloudConnector.ini`),
      transcript(`in/${folder}/t.txt`, `HOST-${folder}`),
      transcript(`in/${folder}/CMS/t.txt`, 'CCECMS1'),
    ]);
    expect(homes(sources)['in/north/CMS/t.txt']).toBe('HOST-north');
    expect(homes(sources)['in/south/CMS/t.txt']).toBe('HOST-south');
  });

  it('keep their name where the tenant has their Mediation Server under another', () => {
    const registered = row('OLDHOST', 1);
    registered.values = { ...registered.values, version: '1.4.2' };
    const bundle = (folder: string, ...own: Fact[]) => [
      ini(`in/${folder}/CloudConnector.ini`),
      output(`in/${folder}/commands.txt`, ...own),
      log(`in/${folder}/CceManagementService.log`),
      output('in/tenant/pstn.txt', registered),
    ];
    const info = fact('machine', { name: 'CCEHOST1', domain: 'WORKGROUP' });
    const collected = fact('collection', { host: 'CCEHOST1', zoneOffset: '+02:00' });
    for (const sources of [
      bundle('CCEHOST1', info),
      bundle('x', { ...vm('CCEMS1'), machine: 'CCEHOST1' }),
      bundle('x', collected),
    ]) {
      sources[1]!.machines = sources[1]!.facts.includes(collected) ? ['CCEHOST1'] : [];
      const found = context(sources);
      expect(found.appliances.map(({ name, site }) => [name, site])).toEqual([['CCEHOST1', 'Seattle']]);
      expect(found.appliances[0]?.product?.version).not.toBe('1.4.2');
      expect(found.facts.find(({ about }) => about === 'pstn-appliance')?.appliance).toBe('CCEHOST1');
    }
    // That of an admin's PC is no better than what the tenant has.
    expect(homes(bundle('x', info))['in/x/CloudConnector.ini']).toBe('OLDHOST');
    expect(homes(bundle('x'))['in/x/CloudConnector.ini']).toBe('OLDHOST');
  });

  it('are told apart by the numbers of tickets, not by dates', () => {
    const two = (a: string, b: string) => homes([a, b].flatMap((name) => [log(`in/${name}/x/a.log`)]));
    expect(new Set(Object.values(two('4711234567', '4711234599'))).size).toBe(2);
    for (const [a, b] of [
      ['20180926', '20180927'],
      ['2018-09-26', '2018-09-27'],
      ['26092018', '27092018'],
    ] as const)
      expect(new Set(Object.values(two(a, b))).size).toBe(1);
    for (const [a, b] of [
      ['201809261015', '201809271015'],
      ['1015', '1130'],
      ['1537956900', '1538043300'],
      ['1', '2'],
    ] as const)
      expect(new Set(Object.values(two(a, b))).size).toBe(1);
  });

  it('are not the VM whose output alone was sent', () => {
    const sent = (path: string, name: string) =>
      context([output(path, fact('machine', { name, domain: 'cce.local' }))]);
    for (const [path, name] of [
      ['cms/systeminfo.txt', 'CCECMS1'],
      ['in/Edge/systeminfo.txt', 'CCEEDGE1'],
    ] as const) {
      const found = sent(path, name);
      expect(found.appliances.map((one) => one.name)).toEqual([null]);
      expect(found.facts[0]?.role).toBe(path.startsWith('cms') ? 'cms' : 'edge');
    }
    const services = (path: string, name: string) => context([output(path, service(name))]).facts[0]?.role ?? null;
    expect(services('in/Mediation/services.txt', 'REPLICA')).toBe('mediation');
    expect(services('in/CCECMS1/services.txt', 'REPLICA')).toBe('cms');
    expect(services('in/host/services.txt', 'REPLICA')).toBe(null);
    expect(services('in/services.txt', 'RTCSRV')).toBe('edge');
    expect(services('in/Mediation/services.txt', 'RTCSRV')).toBe('mediation');
    const frontEnd = fact('service', { name: 'RTCSRV', displayName: 'Skype for Business Server Front-End' });
    expect(context([output('in/services.txt', frontEnd)]).facts[0]?.role).toBe(null);
    // How the folder of a whole bundle is called says nothing of a host in it.
    expect(sent('cms/systeminfo.txt', 'CCEHOST1').appliances[0]?.name).toBe('CCEHOST1');
    const remote = context([output('in/a.txt', service('RTCSRV', { machine: 'CCEEDGE1' }))]);
    expect(remote.facts[0]?.role).toBe('edge');
    // Which adapter a machine has tells that it is a VM, and its name or its file which.
    const adapter = (path: string, name: string, description: string) =>
      context([
        output(
          path,
          fact('machine', { name }),
          fact('ip-adapter', { adapter: 'Ethernet', description }, { machine: name }),
        ),
      ]);
    for (const [path, name] of [
      ['in/ipconfig.txt', 'CCECMS1'],
      ['in/cms-ipconfig.txt', 'SRV-01'],
    ] as const) {
      const found = adapter(path, name, 'Microsoft Hyper-V Network Adapter #2');
      expect(found.appliances.map((one) => one.name)).toEqual([null]);
      expect(found.facts.map(({ role }) => role)).toEqual(['cms', 'cms']);
      expect(adapter(path, name, 'Hyper-V Virtual Ethernet Adapter').appliances[0]?.name).toBe(name);
    }
  });
});

describe('folders that are only counted', () => {
  it.each([
    ['1', '2'],
    ['logs1', 'logs2'],
    ['a', 'b'],
    ['server 1', 'server 2'],
  ])('are those of two appliances where their ini files declare different Mediation Servers (%s, %s)', (one, two) => {
    const sources = [one, two].flatMap((folder, index) => [
      log(`in/${folder}/CceManagementService.log`),
      ini(`in/${folder}/CloudConnector.ini`, { number: index + 1 }),
    ]);
    expect(context(sources).appliances.map(({ name }) => name)).toEqual([one, two]);
  });

  it('are parts of one where they declare the same', () => {
    const sources = ['1', '2'].flatMap((folder) => [
      log(`in/${folder}/CceManagementService.log`),
      ini(`in/${folder}/CloudConnector.ini`),
    ]);
    expect(context(sources).appliances).toHaveLength(1);
  });
});
