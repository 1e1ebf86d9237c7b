/**
 * A synthetic bundle of a given size: ten appliances, fifty files of each - logs, transcripts, ini files, answers of
 * commands, exports of event logs, archives in archives.
 *
 *   node bench/generate-bundle.mjs <folder> [bytes]
 */
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { ZipFile } from 'yazl';
import { generateLog } from './generate-log.mjs';

const APPLIANCES = 10;
/** Parts of a thousand of the bundle that each kind has; what is left are small files. */
const SHARES = { log: 400, transcript: 300, events: 200, nested: 100 };
const COUNTS = { log: 2, transcript: 8, events: 5, nested: 1 };
const SMALL = 34;
/** A host and its four VMs, of each a listing of its services. */
const SERVERS = 5;

export async function generateBundle(folder, bytes) {
  const each = (kind) => Math.floor((bytes * SHARES[kind]) / 1000 / APPLIANCES / COUNTS[kind]);
  for (let number = 1; number <= APPLIANCES; number++) {
    const host = join(folder, `CCEHOST${number}`);
    mkdirSync(join(host, 'commands'), { recursive: true });
    for (let index = 0; index < COUNTS.log; index++)
      generateLog(
        join(host, index === 0 ? 'CceManagementService.log' : `part${index}CceManagementService.log`),
        each('log'),
        number * 10 + index,
      );
    for (let index = 0; index < COUNTS.transcript; index++)
      writeTranscript(join(host, `transcript-${index}.txt`), each('transcript'), number);
    for (let index = 0; index < COUNTS.events; index++)
      writeEvents(join(host, `Application-${index}.xml`), each('events'), number, index);
    writeFileSync(join(host, 'CloudConnector.ini'), ini(number));
    for (let index = 1; index < SMALL; index++) {
      const name = index <= SERVERS ? `Get-Service-${index}.txt` : `note-${index}.txt`;
      writeFileSync(
        join(host, 'commands', name),
        index <= SERVERS ? services(index) : `Note ${index}: nothing.\r\n`.repeat(50),
      );
    }
    await writeNested(join(host, 'older.zip'), each('nested'), number);
  }
}

function writeTranscript(path, bytes, number) {
  const head = `\uFEFF**********************\r\nWindows PowerShell transcript start\r\nStart time: 20180927080000\r\nMachine: CCEHOST${number} (Microsoft Windows NT 6.3.9600.0)\r\n**********************\r\n`;
  let piece = '';
  for (let index = 0; index < 200; index++)
    piece += `PS C:\\> Get-Process -Id ${index}\r\nHandles  NPM(K)    PM(K)      WS(K) VM(M)   CPU(s)     Id ProcessName\r\n    ${100 + index}      11     2340       8120    77     0.41   ${index} svchost\r\n\r\n`;
  piece +=
    'ConvertTo-SecureString : Key not valid for use in specified state.\r\nAt line:1 char:1\r\n+ Get-CcCredential -AccountType CceService\r\n    + CategoryInfo          : InvalidArgument: (:) [ConvertTo-SecureString], CryptographicException\r\n    + FullyQualifiedErrorId : ImportSecureString_InvalidArgument_CryptographicError,Microsoft.PowerShell.Commands.ConvertToSecureStringCommand\r\n\r\n';
  writeRepeated(path, Buffer.from(head, 'utf16le'), Buffer.from(piece, 'utf16le'), bytes);
}

function writeEvents(path, bytes, number, part) {
  const event = (id, minute, text) =>
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='CceService'/><EventID>${id}</EventID><Level>2</Level><TimeCreated SystemTime='2018-09-27T08:${String(minute % 60).padStart(2, '0')}:0${part}.0000000Z'/><EventRecordID>${minute}</EventRecordID><Channel>Application</Channel><Computer>CCEHOST${number}</Computer></System><EventData><Data>${text}</Data></EventData></Event>\r\n`;
  let piece = '';
  for (let index = 0; index < 500; index++) piece += event(1000 + index, index, `nothing of note ${index}`);
  piece += event(304, 30, 'Completed recovery of the appliance, recover result: CannotRecover');
  writeRepeated(path, Buffer.alloc(0), Buffer.from(piece), bytes);
}

function writeRepeated(path, head, piece, bytes) {
  const count = Math.max(1, Math.ceil((bytes - head.length) / piece.length));
  const several = Buffer.concat(Array.from({ length: 16 }, () => piece));
  writeFileSync(path, head);
  for (let left = count; left > 0; left -= 16)
    writeFileSync(path, left >= 16 ? several : several.subarray(0, left * piece.length), { flag: 'a' });
}

/** A zip in a zip, with a log in it; the outer one is stored. */
async function writeNested(path, bytes, number) {
  const log = join(path, '..', 'nested.log');
  generateLog(log, bytes, number * 1000);
  const inner = await zipped(
    [[log, 'logs/936d337e-d8ca-437d-9d17-07fb73cbc703CceManagementService.log', true]],
    `${path}.inner`,
  );
  await zipped([[inner, 'inner.zip', false]], path);
  rmSync(log);
  rmSync(inner);
}

/** Zips files as [path, name, whether it is packed]; gives the path of the zip. */
export async function zipped(files, path) {
  const zip = new ZipFile();
  for (const [file, name, compress] of files) zip.addFile(file, name, { compress, mtime: new Date(0) });
  zip.end({ forceZip64Format: true });
  const out = zip.outputStream.pipe(createWriteStream(path));
  await finished(out);
  return path;
}

function ini(number) {
  return `[Common]\r\nSIPDomains=contoso.example\r\nVirtualMachineDomain=cce.local\r\nServerName=CCEAD${number}\r\nIP=192.0.2.${number}\r\nSiteName=Seattle\r\nState=\r\n[MediationServer]\r\nServerName=CCEMS${number}\r\nIP=198.51.100.${number}\r\n[EdgeServer]\r\nExternalSIPPoolName=ap\r\n`;
}

function services(index) {
  const rows = Array.from({ length: 180 }, (_, row) => `${`Running  Service${index}x${row}`.padEnd(28)}Display name`);
  return `PS C:\\> Get-Service\r\n\r\nStatus   Name               DisplayName\r\n------   ----               -----------\r\n${rows.join('\r\n')}\r\n\r\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, bytes] = process.argv.slice(2);
  if (folder === undefined) throw new Error(`usage: node bench/${basename(process.argv[1])} <folder> [bytes]`);
  await generateBundle(folder, Number(bytes ?? 2 * 2 ** 30));
}
