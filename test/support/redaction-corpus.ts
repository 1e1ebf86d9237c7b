/** A bundle in which every kind of name stands in every kind of source. Synthetic; no such host, person or company is meant. */
import { zipOf } from '../unit/archive-kit.js';
import { logonFailure, minute, record } from './synthetic-log.js';

/** Names that are unlike any word, as they are looked for afterwards: without blanks, in lower case. */
export const NAMES = {
  mail: 'anna.leitner@kuchenwelt.example',
  account: 'hmaierhofer',
  netbios: 'KUCHENAD',
  sip: 'brunner7@telefonwelt.example',
  tenant: 'kuchenwelt.onmicrosoft.com',
  publicDomain: 'kuchenwelt.example',
  internalDomain: 'backstube.local',
  host: 'KWHOST01',
  vm: 'KWMS07',
  cms: 'KWCMS08',
  pool: 'kwmspool9',
  site: 'Grossglockner',
  city: 'Zwentendorf',
  ip: '192.0.2.77',
  ip6: '2001:db8:77::14',
  mac: '00-15-5D-77-88-99',
  sid: 'S-1-5-21-1177238915-1004336348-682003330-1177',
  guid: 'c0ffee77-1111-4abc-8def-00000000beef',
  phone: '+43 512 5550177',
  profile: 'jwinklmayr',
  share: 'KWFILES3',
  company: 'Kuchenwelt Backwaren',
  gateway: 'sbc.telefonwelt.example',
} as const;

const N = NAMES;
/** One record that names them all. */
export const SENTENCE =
  `Cannot sync ${N.mail} (${N.netbios}\\${N.account}) at ${N.vm}.${N.internalDomain} [${N.ip}, ${N.ip6}, MAC ${N.mac}] ` +
  `of ${N.guid}, owner ${N.sid}, call to ${N.phone}, profile C:\\Users\\${N.profile}\\AppData, share \\\\${N.share}\\SiteRoot, ` +
  `${N.tenant}, sip:${N.sip}, CN=${N.gateway}, O=${N.company}, C=AT, user name: ${N.account}`;

const crlf = (text: string) => text.replaceAll('\n', '\r\n');
const wrapped = (text: string, width = 80) => text.replace(new RegExp(`.{${width}}`, 'g'), '$&\n');
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const trace =
  logonFailure(minute(0), N.mail) +
  record('Error', SENTENCE, minute(1)) +
  record('Error', `Upload failed: ${JSON.stringify({ who: SENTENCE })}`, minute(2)) +
  record(
    'Error',
    `Request failed: https://portal.kuchenwelt.example/x?who=${encodeURIComponent(SENTENCE)}`,
    minute(3),
  ) +
  record('Error', `Site ${N.site} is not reachable from ${N.host}, ${N.cms} nor ${N.pool} in ${N.city}`, minute(4)) +
  record('Error', `VERSION 2.1.0.0 OF System.Net.Sockets FAILED ON ${N.vm.toLowerCase()}`, minute(5));

const transcript = `**********************
Windows PowerShell transcript start
Start time: 20180906083000
Username: ${N.netbios}\\${N.account}
RunAs User: ${N.netbios}\\${N.account}
Machine: ${N.host} (Microsoft Windows NT 6.3.9600.0)
Process ID: 5120
**********************
PS C:\\Users\\${N.profile}> Register-CcAppliance
${wrapped(`Cannot register appliance because your current input/configuration ${N.site} or ${N.host} or ${N.vm.toLowerCase()}.${N.internalDomain} or ${N.ip} conflicts with existing appliance(s). Remove conflict appliance or update your input/configuration information then register again.`)}
PS C:\\Users\\${N.profile}> Write-Thing
${wrapped(`Write-Thing : ${SENTENCE}`)}
At line:1 char:1
+ Write-Thing
+ ~~~~~~~~~~~
    + CategoryInfo          : NotSpecified: (:) [Write-Error], WriteErrorException
    + FullyQualifiedErrorId : Microsoft.PowerShell.Commands.WriteErrorException

`;

const ini = `; Build number 6.0.9319.419 - Keep this comment for diagnostic purpose
[Common]
SIPDomains=${N.publicDomain} telefonwelt.example
VirtualMachineDomain=${N.internalDomain}
ServerName=KWAD05
IP=192.0.2.75
SiteName=${N.site}
City=${N.city}
State=
[PrimaryCMS]
ServerName=${N.cms}
IP=192.0.2.78
[MediationServer]
ServerName=${N.vm}
PoolName=${N.pool}
IP=${N.ip}
`;

const event = (id: number, message: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='CceService'/><EventID Qualifiers='0'>${id}</EventID><Level>2</Level><TimeCreated SystemTime='2018-09-07T09:12:00.000000000Z'/><EventRecordID>${id}</EventRecordID><Channel>Application</Channel><Computer>${N.host}.${N.internalDomain}</Computer><Security UserID='${N.sid}'/></System><EventData><Data>${xml(message)}</Data></EventData></Event>\n`;

const eventText = `Event[0]:
  Log Name: Application
  Source: CceService
  Date: 2018-09-07T09:15:00.000
  Event ID: 900
  Task: N/A
  Level: Error
  Opcode: N/A
  Keyword: Classic
  User: ${N.netbios}\\${N.account}
  User Name: ${N.netbios}\\${N.account}
  Computer: ${N.host}.${N.internalDomain}
  Description:
${SENTENCE}

`;

const vms = `PS C:\\> Get-VM | Format-List Name, State

Name  : ${N.vm}-2.1.0
State : Saved

`;

/** What is in the bundle, by path. */
export async function corpusFiles(): Promise<Record<string, Buffer>> {
  const utf16 = (text: string) => Buffer.from(`\ufeff${crlf(text)}`, 'utf16le');
  const files = {
    [`${N.host}/CceManagementService.log`]: Buffer.from(trace),
    [`${N.host}/Users/${N.profile}/transcript_${N.host}.txt`]: utf16(transcript),
    [`${N.host}/CloudConnector.ini`]: Buffer.from(crlf(ini)),
    [`${N.host}/events/application.xml`]: Buffer.from(
      event(900, SENTENCE) + event(304, 'Completed recovery of the appliance, recover result: CannotRecover'),
    ),
    [`${N.host}/events/application.txt`]: Buffer.from(crlf(eventText)),
    [`${N.host}/${N.host}_get-vm.txt`]: utf16(vms),
    [`${N.host}/Site_ap.${N.publicDomain}`]: Buffer.from('x\n'),
  };
  const log = Buffer.from(record('Error', `Archived: ${SENTENCE}`, minute(9)));
  return {
    ...files,
    [`${N.host}/old.zip`]: await zipOf({ [`${N.vm}/Users/${N.profile}/CceManagementService.log`]: log }),
  };
}

/** All readings of an output in which a name could still stand, squeezed. */
export function readingsOf(output: string): string[] {
  const plainly = (text: string) =>
    text
      .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll('&amp;', '&')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\r|\\n/g, '\n')
      .replaceAll('\\\\', '\\');
  const decoded = (text: string) =>
    text.replace(/(?:%[0-9a-f]{2})+/gi, (found) => Buffer.from(found.replaceAll('%', ''), 'hex').toString());
  const squeezed = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\u2500-\u257f]+/g, '');
  const once = plainly(output);
  return [output, once, decoded(once), plainly(decoded(once)), once.replace(/\\(?=[^\w\s])/g, '')].map(squeezed);
}

/** The kinds of planted names that an output still has. */
export function leaksIn(output: string): string[] {
  const readings = readingsOf(output);
  return Object.entries(NAMES)
    .filter(([, name]) => readings.some((reading) => reading.includes(name.toLowerCase().replace(/\s/g, ''))))
    .map(([kind]) => kind);
}
