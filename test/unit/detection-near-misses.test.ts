/** Records that look like a known failure and are none: they must stay silent wherever they stand. All are synthetic. */
import { expect, it } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { hitsOf } from '../../src/pipeline/run-examples.js';

const detector = new Detector(await loadPack());
const SCRIPTS = 'C:\\Program Files\\WindowsPowerShell\\Modules\\CloudConnector\\Internal';
const CRYPTO =
  '    + CategoryInfo          : InvalidArgument: (:) [ConvertTo-SecureString], CryptographicException\n' +
  '    + FullyQualifiedErrorId : ImportSecureString_InvalidArgument_CryptographicError,Microsoft.PowerShell.Commands.ConvertToSecureStringCommand';
const property = (name: string, script: string, source = `$_.${name}`) =>
  `ForEach-Object : The property '${name}' cannot be found on this object. Verify that the property exists.\n` +
  `At ${SCRIPTS}\\${script}:681 char:14\n+ ${source}\n+ ~~~~\n` +
  '    + CategoryInfo          : NotSpecified: (:) [ForEach-Object], PropertyNotFoundException\n' +
  '    + FullyQualifiedErrorId : PropertyNotFoundStrict,Microsoft.PowerShell.Commands.ForEachObjectCommand';
const xmlNode = (name: string, source: string) =>
  `Cannot set "${name}" because only strings can be used as values to set XmlNode properties.\nAt line:1 char:1\n+ ${source}\n` +
  '    + CategoryInfo          : NotSpecified: (:) [], SetValueException\n    + FullyQualifiedErrorId : XmlNodeSetShouldBeAString';
const notFound = (name: string, source = name) =>
  `${name} : The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.\n` +
  `At line:1 char:1\n+ ${source}\n    + CategoryInfo          : ObjectNotFound: (${name}:String) [], CommandNotFoundException\n` +
  '    + FullyQualifiedErrorId : CommandNotFoundException';
const module = (name: string, source = `Import-Module ${name}`) =>
  `Import-Module : The specified module '${name}' was not loaded because no valid module file was found in any module directory.\n` +
  `At line:1 char:1\n+ ${source}\n    + CategoryInfo          : ResourceUnavailable: (${name}:String) [Import-Module], FileNotFoundException\n` +
  '    + FullyQualifiedErrorId : Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand';
const ONLINE = 'Unexpected exception when reporting status to online: ';

const silent: Record<string, string> = {
  'padding error with the id of the key error': `ConvertTo-SecureString : Padding is invalid and cannot be removed.\nAt line:1 char:1\n${CRYPTO}`,
  'the key message of a certificate': 'Export-PfxCertificate : Key not valid for use in specified state. 0x8009000b',
  'another code of DISM': 'Dismount-WindowsImage : Dismount-WindowsImage failed. Error code = 0xc1550114',
  'a longer code': 'Dismount-WindowsImage : Dismount-WindowsImage failed. Error code = 0xc15501151',
  'another cmdlet of DISM': 'Mount-WindowsImage : Mount-WindowsImage failed. Error code = 0xc1550115',
  'a module with a longer name': module('CloudConnectorX'),
  'another module': module('AzureAD'),
  'another module, loaded beside it': module('AzureAD', 'Import-Module AzureAD; Import-Module "CloudConnector"'),
  'a misspelt cmdlet': notFound('Stop-CsWindowsServices'),
  'the cmdlet that starts': notFound('Start-CsWindowsService'),
  'another command beside the cmdlet in quotes': notFound('Get-Foo', "Get-Foo 'Stop-CsWindowsService'"),
  'the switch, for another reason':
    "Remove-VMSwitch : Failed while removing virtual Ethernet switch. Access to virtual switch 'Cloud Connector Management Switch' is denied.",
  'another switch of the host':
    "Remove-VMSwitch : Failed while removing virtual Ethernet switch. The virtual switch 'Lab External' cannot be deleted because it is being used by running virtual machines or assigned to child pools.",
  'a logon that the service does not report':
    'System.Management.Automation.CmdletInvocationException: Logon failed for the user a@contoso.example. Please create a new credential object, making sure that you have used the correct user name and password.',
  'another exception': `${ONLINE}System.Net.WebException: The operation has timed out --->`,
  'the exception with another message': `${ONLINE}System.Management.Automation.CmdletInvocationException: The operation has timed out. --->`,
  'a longer property': property('Common2', 'MtHostCommon.ps1'),
  'another script': property('Common', 'MtHostNetwork.ps1'),
  'another property, read from Common': property('Gateway', 'MtHostCommon.ps1', "$x['Common'].Gateway"),
  'another value of the ini': xmlNode('City', '$node.City = 1'),
  'another value, beside State in the source': xmlNode('City', '$node.City = $ini["State"]'),
  'a recovery that succeeded': 'Completed recovery of the appliance, recover result: Recovered',
  'a recovery that goes on': 'Appliance cannot be recovered automatically at the moment, the next attempt follows.',
  'another service': 'Service RTCSRV failed to start. Check to make sure the service is not disabled.',
  'the service of the Mediation Server':
    'Service RTCMEDSRV failed to start. Check to make sure the service is not disabled.',
  'another download': 'Start-BitsTransfer : Cannot download file setup.exe. HTTP status 404.',
  'the second line of a failed download':
    'WARNING: \'C:\\Bits\'. Failure exception: Exception calling "DownloadFile" with "2" argument(s): "Unable to connect to the remote server"',
  'updates of the appliance': 'Failed to install Windows updates. Error 0x80072ee2.',
  'a route with a gateway': 'Specify at least one gateway for the route, then run it again.',
  'a registration without a conflict':
    'Cannot register appliance because your current input/configuration could not be read.',
  'help of a cmdlet':
    'NAME\n    Stop-CsWindowsService\n\nSYNOPSIS\n    Stops services.\n\nSYNTAX\n    Stop-CsWindowsService [[-Name] <string>]',
  'a page about the image':
    'Dismount-WindowsImage dismounts an image; see the error code in the table: 0xc1550115 is one of many.',
  'a page about keys':
    'The ConvertTo-SecureString cmdlet reads encrypted strings. A key that is not valid for use gives an error.',
  'a page about recovery': 'Event 304 tells the result of the recovery: Recovered or CannotRecover.',
};

const places: Record<string, { kind: 'trace-log' | 'console'; around: (text: string) => string }> = {
  'a console': { kind: 'console', around: (text) => `PS C:\\> Do-It\n${text}\nPS C:\\> \n` },
  'a line of notes': { kind: 'console', around: (text) => `Notes\n\n${text}\n\nend\n` },
  'a warning': { kind: 'console', around: (text) => `WARNING: ${text}\n` },
  'the service log': {
    kind: 'trace-log',
    around: (text) => `CceService Error: 0 : ${text}\n   at A.B()\n    DateTime=2018-09-07T10:00:00Z\n`,
  },
};

for (const [name, text] of Object.entries(silent)) {
  it(`is silent about: ${name}`, () => {
    for (const { kind, around } of Object.values(places)) {
      expect(hitsOf(detector, around(text), kind).map((hit) => hit.signature)).toEqual([]);
      const narrow = around(text).replace(/(.{60})(?=.)/g, '$1\n');
      expect(hitsOf(detector, narrow, kind).map((hit) => hit.signature)).toEqual([]);
    }
  });
}
