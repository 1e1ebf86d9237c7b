/**
 * A synthetic trace log of a given size, the same for the same seed: healthy records, a share with `DateTime=` footers, a
 * share of exceptions with stacks, and known failures among them (about 1 record in 200).
 *
 *   node bench/generate-log.mjs <file> <bytes> [seed]
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A small, fast generator with a seed (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const HEALTHY = [
  'Detection cycle finished, all monitored services are running.',
  'Checking the state of the virtual machines over the Corpnet switch.',
  'Appliance status was reported to online.',
  'Next check in 60 seconds.',
  'Opened a PowerShell session with the Mediation Server.',
  'The list of tenant settings has not changed since the last poll.',
];
const FRAMES = [
  'Microsoft.Rtc.CCE.ManagementService.Detection.DetectionLoop.RunOnce(CancellationToken token)',
  'System.Management.Automation.PowerShell.CoreInvokeHelper[TInput,TOutput](PSDataCollection`1 input, PSDataCollection`1 output, PSInvocationSettings settings)',
  'System.Threading.ExecutionContext.RunInternal(ExecutionContext executionContext, ContextCallback callback, Object state, Boolean preserveSyncCtx)',
  'System.Threading.Tasks.Task.Execute()',
  'Microsoft.Rtc.CCE.ManagementService.Program.<Main>b__0()',
];
const FAILURES = [
  'Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: Logon failed for the user admin@contoso.onmicrosoft.com. Please create a new credential object, making sure that you have used the correct user name and password. ---> System.Exception: denied',
  'ConvertTo-SecureString : Key not valid for use in specified state.',
  'Completed recovery of the appliance, recover result: CannotRecover',
];
const NOISE = [
  'System.TimeoutException: The operation has timed out after {n} ms.',
  'System.Net.WebException: The remote name could not be resolved: host{n}.contoso.example',
  'System.InvalidOperationException: The runspace {n} is not open.',
];

/** Writes the log and gives how many failures stand in it. */
export function generateLog(path, bytes, seed = 1) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const file = openSync(path, 'w');
  let written = 0;
  let failures = 0;
  let time = Date.UTC(2018, 8, 7);
  let piece = '';
  const stack = () => {
    let text = '';
    for (let frames = 10 + Math.floor(next() * 20); frames > 0; frames--) text += `   at ${pick(FRAMES)}\r\n`;
    return text;
  };
  while (written + piece.length < bytes) {
    time += 250;
    const footer =
      next() < 0.15 ? `    ProcessId=4280\r\n    DateTime=${new Date(time).toISOString().slice(0, -1)}0000Z\r\n` : '';
    const kind = next();
    if (kind < 0.005) {
      failures++;
      piece += `CceService Error: 0 : ${pick(FAILURES)}\r\n${stack()}${footer}`;
    } else if (kind < 0.08) {
      piece += `CceService Error: 0 : Unexpected exception: ${pick(NOISE).replace('{n}', String(Math.floor(next() * 1e6)))}\r\n${stack()}${footer}`;
    } else {
      piece += `CceService Information: 0 : ${pick(HEALTHY)}\r\n${footer}`;
    }
    if (piece.length > 1 << 20) {
      written += writeSync(file, piece);
      piece = '';
    }
  }
  written += writeSync(file, piece);
  closeSync(file);
  return { bytes: written, failures };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , path, bytes, seed] = process.argv;
  console.log(JSON.stringify(generateLog(path, Number(bytes), Number(seed ?? 1))));
}
