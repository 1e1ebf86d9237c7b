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

/** Places in the program from which one exception comes. */
const STACKS_EACH = 6;
/** The share of exceptions that come from one of them. */
const REPEATED = 0.8;

/**
 * Gives a stack for an exception. The depth of a stack is no matter of chance: a service throws the same exception from
 * the same few places again and again. So most exceptions have one of a few dozen stacks (six for each text, thirty-six
 * in all), and the rest have one that never comes again.
 */
function stacksOf(next, pick) {
  const fresh = () => {
    let text = '';
    for (let frames = 10 + Math.floor(next() * 20); frames > 0; frames--) text += `   at ${pick(FRAMES)}\r\n`;
    return text;
  };
  const known = new Map([...FAILURES, ...NOISE].map((text) => [text, Array.from({ length: STACKS_EACH }, fresh)]));
  return (text) => (next() < REPEATED ? pick(known.get(text)) : fresh());
}

/** Writes the log and gives how many bytes it has and how many failures stand in it. */
export function generateLog(path, bytes, seed = 1) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const stackOf = stacksOf(next, pick);
  const file = openSync(path, 'w');
  let written = 0;
  let failures = 0;
  let time = Date.UTC(2018, 8, 7);
  let piece = '';
  while (written + piece.length < bytes) {
    time += 250;
    const footer =
      next() < 0.15 ? `    ProcessId=4280\r\n    DateTime=${new Date(time).toISOString().slice(0, -1)}0000Z\r\n` : '';
    const kind = next();
    if (kind < 0.005) {
      failures++;
      const failure = pick(FAILURES);
      piece += `CceService Error: 0 : ${failure}\r\n${stackOf(failure)}${footer}`;
    } else if (kind < 0.08) {
      const noise = pick(NOISE);
      const text = noise.replace('{n}', String(Math.floor(next() * 1e6)));
      piece += `CceService Error: 0 : Unexpected exception: ${text}\r\n${stackOf(noise)}${footer}`;
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

/** A log of nothing but failures, each a short record: as many hits as there are records. */
export function generateHits(path, hits, seed = 1) {
  const next = random(seed);
  const file = openSync(path, 'w');
  let time = Date.UTC(2018, 8, 7);
  let piece = '';
  for (let hit = 0; hit < hits; hit++) {
    time += 250;
    piece += `CceService Error: 0 : ${FAILURES[1 + Math.floor(next() * 2)]}\r\n`;
    if (next() < 0.15) piece += `    DateTime=${new Date(time).toISOString().slice(0, -1)}0000Z\r\n`;
    if (piece.length < 1 << 20) continue;
    writeSync(file, piece);
    piece = '';
  }
  writeSync(file, piece);
  closeSync(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , path, bytes, seed] = process.argv;
  console.log(JSON.stringify(generateLog(path, Number(bytes), Number(seed ?? 1))));
}
