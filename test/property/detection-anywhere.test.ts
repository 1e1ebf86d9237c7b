/**
 * Every text failure, wherever it may be written: built from the seed page and the notes on the product, not from the
 * signatures' own examples. All of it is synthetic.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { hitsOf } from '../../src/pipeline/run-examples.js';

const detector = new Detector(await loadPack());
const SCRIPTS = 'C:\\Program Files\\WindowsPowerShell\\Modules\\CloudConnector\\Internal';
const KEY = {
  en: 'Key not valid for use in specified state.',
  de: 'Schlüssel ist im angegebenen Status nicht gültig.',
  fr: 'Clé non valide pour l’utilisation dans l’état spécifié',
  es: 'Clave no válida para utilizar en el estado especificado.',
  ja: '指定された状態で使用するには無効なキーです。',
  ru: 'Ключ не может быть использован в указанном состоянии.',
  zh: '该项不适于在指定状态下使用。',
};
const inUse = (name: string) =>
  `Remove-VMSwitch : Failed while removing virtual Ethernet switch. The virtual switch ${name} cannot be deleted because it is being used by running virtual machines or assigned to child pools.`;
const logon = (user: string) =>
  `Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: Logon failed for the user ${user}. Please create a new credential object, making sure that you have used the correct user name and password. --->`;

interface Failure {
  signature: string;
  text: string;
  entities: Record<string, string>;
}
const failures: Failure[] = (
  [
    ['tenant-admin-logon-failed', logon('admin@contoso.example'), { user: 'admin@contoso.example' }],
    ['tenant-admin-logon-failed', logon('<First Last>'), { user: 'First Last' }],
    ...Object.values(KEY).map((text) => ['credential-key-invalid-state', `ConvertTo-SecureString : ${text}`, {}]),
    ['dismount-image-0xc1550115', 'Dismount-WindowsImage : Dismount-WindowsImage failed. Error code = 0xc1550115', {}],
    [
      'management-switch-in-use',
      inUse("'Cloud Connector Management Switch'"),
      { switch: 'Cloud Connector Management Switch' },
    ],
    ['management-switch-in-use', inUse('‘SfB CCE Management Switch’'), { switch: 'SfB CCE Management Switch' }],
    [
      'rtcmrauth-start-failed',
      'Service RTCMRAUTH failed to start. Check to make sure the service is not disabled. The failure to start could also be because this Front End server was previously failed over (using computer fail over).',
      {},
    ],
    [
      'windows-update-not-enabled-warning',
      'Windows automatic updating is not enabled. To ensure that your newly-installed role or feature is automatically updated, turn on Windows Update.',
      {},
    ],
    [
      'register-appliance-conflict',
      'Cannot register appliance because your current input/configuration MySite or MyserverNew or ms.contoso.example or 192.0.2.10 conflicts with existing appliance(s). Remove conflict appliance or update your input/configuration information then register again.',
      { site: 'MySite', appliance: 'MyserverNew', mediationFqdn: 'ms.contoso.example', mediationIp: '192.0.2.10' },
    ],
    [
      'dotnet-461-required',
      `For Each-Object : The property 'Common' cannot be found on this object. Verify that the property exists. At ${SCRIPTS}\\MtHostCommon.ps1:681 char:14`,
      {},
    ],
    [
      'ini-state-missing',
      'Failed to install new instance with error: Cannot set “State” because only strings can be used as values to set XmlNode properties',
      {},
    ],
    [
      'stop-cswindowsservice-not-recognized',
      "The term 'Stop-CsWindowsService' is not recognized as the name of a cmdlet, function, script file, or operable program.",
      {},
    ],
    [
      'cloudconnector-module-not-loaded',
      'Import-Module: The specified module “CloudConnector” was not loaded because no valid module file was found in any module directory',
      {},
    ],
    ['route-no-gateway-warning', 'No gateway specified for the route. Specify at least one gateway for the route', {}],
    [
      'base-vm-windows-update-failed',
      'Failed to install Windows updates. Please manually update the VM (Password: <password>) and run Convert-CcIsoToVhdx with -GeneralizeOnly',
      {},
    ],
    [
      'download-file-failed',
      "Cannot download file 478232_intl_x64_zip.exe. Run Start-CcDownload cmdlet again. If retry keep failing, manually download file '478232_intl_x64_zip.exe' to folder",
      { file: '478232_intl_x64_zip.exe' },
    ],
    ['recovery-cannot-recover', 'Completed recovery of the appliance, recover result: CannotRecover', {}],
    ['appliance-manual-recovery-required', 'Appliance cannot be recovered automatically, please recover manually', {}],
  ] as [string, string, Record<string, string>][]
).map(([signature, text, entities]) => ({ signature, text, entities }));

const HEALTHY = 'CceService Information: 0 : Detection finished, nothing to do.\n    DateTime=2018-09-07T10:00:00Z\n';
const FRAMES =
  '   at A.B.C(String s) in c:\\x.cs:line 7\n   --- End of inner exception stack trace ---\n   bei D.E()\n';
const places: Record<string, { kind: 'trace-log' | 'console'; around: (text: string) => string }> = {
  'a record of the service log': { kind: 'trace-log', around: (text) => `CceService Error: 0 : ${text}\n` },
  'a record with frames and footers between healthy ones': {
    kind: 'trace-log',
    around: (text) => `${HEALTHY}CceService Error: 0 : ${text}\n${FRAMES}    ProcessId=1\n    ThreadId=2\n${HEALTHY}`,
  },
  'an exception inside others': {
    kind: 'trace-log',
    around: (text) => ` Critical: -3 : System.AggregateException: Oops ---> System.Exception: ${text}\n${FRAMES}`,
  },
  'a line of notes': { kind: 'console', around: (text) => `What I saw:\n\n${text}\n\nThat is all.\n` },
  'a console': { kind: 'console', around: (text) => `PS C:\\> Do-It\n${text}\nPS C:\\> \n` },
};

/** Cut anywhere, as a narrow buffer does. */
function cut(text: string, width: number): string {
  return text.replace(new RegExp(`(.{${width}})(?=.)`, 'gu'), '$1\n');
}

for (const [place, { kind, around }] of Object.entries(places)) {
  it(`finds every failure in ${place}, once, at any width`, () => {
    const width = fc.oneof(fc.integer({ min: 40, max: 260 }), fc.integer({ min: 260, max: 5000 }));
    fc.assert(
      fc.property(fc.constantFrom(...failures), width, fc.boolean(), ({ signature, text }, columns, windows) => {
        const log = cut(around(text), columns);
        const hits = hitsOf(detector, windows ? log.replaceAll('\n', '\r\n') : log, kind);
        expect(hits.map((hit) => hit.signature)).toEqual([signature]);
        const [unwrapped] = hitsOf(detector, around(text), kind);
        expect(hits[0]?.fingerprint).toBe(unwrapped?.fingerprint);
      }),
      { numRuns: 200 },
    );
  });

  it(`reads the values of a failure in ${place}`, () => {
    for (const { text, entities } of failures) {
      const [hit] = hitsOf(detector, around(text), kind);
      expect(hit?.entities).toMatchObject(entities);
    }
  });
}

it('finds a warning once, between others, at any width', () => {
  fc.assert(
    fc.property(fc.constantFrom(...failures), fc.integer({ min: 40, max: 400 }), ({ signature, text }, width) => {
      // A warning never quotes a whole error record with its position, nor is it Japanese or Chinese here.
      if (signature === 'dotnet-461-required' || /[\u3000-\uFFFF]/.test(text)) return;
      const log = cut(`WARNING: ${text}\nWARNING: All else went well and is of no interest to anybody.\n`, width);
      expect(hitsOf(detector, log, 'console').map((hit) => hit.signature)).toEqual([signature]);
    }),
  );
});
