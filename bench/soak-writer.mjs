/**
 * Writes a log as a service does over a long time: records in bursts and alone, quiet phases, and a new file now and then.
 * `fork(soak-writer.mjs, [folder, minutes, phase])`; tells what it does by messages, and in the end what it wrote.
 */
import { closeSync, existsSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , folder, minutes, phaseMs] = process.argv;
const LOG = 'CceManagementService.log';
/** Rotated logs that are kept; older ones are deleted, when they were read long ago. */
const KEPT = 3;

const TEXTS = [
  'Error: 0 : ConvertTo-SecureString : Key not valid for use in specified state.',
  'Error: 0 : Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: Logon failed for the user admin@contoso.example. Please create a new credential object, making sure that you have used the correct user name and password. ---> System.Exception: denied',
];
const HEALTHY = 'Information: 0 : Detection cycle finished, all monitored services are running.';
const STACK = '   at Microsoft.Rtc.CCE.ManagementService.Detection.DetectionLoop.RunOnce(CancellationToken token)\r\n';

const end = performance.now() + Number(minutes) * 60_000;
const written = { records: 0, failures: 0, bytes: 0, files: 1 };
let file = openSync(join(folder, LOG), 'a');

while (performance.now() < end) {
  await busy(Number(phaseMs));
  rotate();
  await tell('quiet');
  await sleep(Number(phaseMs));
  await tell('busy');
}
closeSync(file);
await tell('done');
process.exit();

/** Bursts of hundreds of records, and single ones between them. */
async function busy(ms) {
  const until = performance.now() + ms;
  for (let burst = 0; performance.now() < until; burst++) {
    for (let record = 0; record < (burst % 10 === 0 ? 2000 : 3); record++) write();
    await sleep(200);
  }
}

function write() {
  const isFailure = written.records % 25 === 7;
  const text = isFailure ? TEXTS[written.records % TEXTS.length] : HEALTHY;
  const stack = written.records % 10 === 0 ? STACK.repeat(10) : '';
  const time = `    DateTime=${new Date().toISOString().slice(0, -1)}0000Z\r\n`;
  const record = `CceService ${text}\r\n${stack}${time}`;
  writeSync(file, record);
  written.records++;
  written.bytes += record.length;
  if (isFailure) written.failures++;
}

/** As log4net and others do: the names move on by one. The names are within what is watched. */
function rotate() {
  closeSync(file);
  const name = (number) => join(folder, number === 0 ? LOG : `${number}-${LOG}`);
  if (existsSync(name(KEPT))) unlinkSync(name(KEPT));
  for (let number = KEPT - 1; number >= 0; number--)
    if (existsSync(name(number))) renameSync(name(number), name(number + 1));
  file = openSync(name(0), 'a');
  written.files++;
}

function tell(what) {
  return new Promise((done) => process.send({ what, written }, done));
}
