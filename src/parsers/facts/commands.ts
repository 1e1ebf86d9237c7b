/** Commands whose answers are read: as they were typed, and as files are named after them. */

/** The usual spelling of each. */
const CMDLETS = [
  ...['Get-CcVersion', 'Get-CcRunningVersion', 'Get-CcApplianceStatus', 'Get-CcApplianceDirectory'],
  ...['Get-CcSiteDirectory', 'Get-CcApplianceLogDirectory', 'Get-CcSiteLogDirectory'],
  ...['Get-CcExternalCertificateFilePath', 'Get-CcCredential'],
  ...['Get-CsHybridPSTNSite', 'Get-CsHybridPSTNAppliance', 'Get-CsHybridMediationServer', 'Get-CsWindowsService'],
  ...['Get-Service', 'Get-VM', 'Get-VMNetworkAdapter', 'Get-VMSwitch', 'Get-NetFirewallRule', 'Get-MpPreference'],
  ...['Get-ChildItem', 'Get-ItemProperty', 'Get-Content', 'Get-WmiObject', 'Get-CimInstance', 'Get-ComputerInfo'],
];
const TOOLS = ['ipconfig', 'systeminfo', 'hostname', 'netsh', 'certutil', 'wmic', 'reg', 'sc'];
const ALIASES: Record<string, string> = {
  gsv: 'Get-Service',
  gwmi: 'Get-WmiObject',
  gcim: 'Get-CimInstance',
  gc: 'Get-Content',
  cat: 'Get-Content',
  type: 'Get-Content',
  gci: 'Get-ChildItem',
  dir: 'Get-ChildItem',
  ls: 'Get-ChildItem',
  gp: 'Get-ItemProperty',
};

const SPELLING = new Map([...CMDLETS, ...TOOLS].map((name) => [name.toLowerCase(), name]));
const WORD = /[a-z][\w-]*(?:\.exe)?/gi;

/**
 * The command whose answer is printed: the last known one of a line, because a pipeline prints what its end yields.
 * A line that holds none is named by its first word, if that is a cmdlet.
 */
export function commandOf(typed: string): string | null {
  let last: string | null = null;
  for (const segment of typed.slice(0, 2000).split(/[|;&{(]/)) {
    const words = segment.match(WORD) ?? [];
    const first = words[0]?.toLowerCase().replace(/\.exe$/, '') ?? '';
    const cmdlet = words.map((word) => SPELLING.get(word.toLowerCase())).find((name) => name?.includes('-'));
    const name = cmdlet ?? ALIASES[first] ?? SPELLING.get(first);
    if (name !== undefined) last = name;
  }
  return last ?? /^[A-Za-z]{2,20}-[A-Za-z]\w{1,60}/.exec(typed)?.[0] ?? null;
}

const COMPUTER = /\s-(?:ComputerName|Cn|VMName)[\s:]+["']?([\w.-]{1,64})["']?(?![\w.,-])(?!\s*,)/i;

/** The machine that a command asks another than its own: `-ComputerName X`, `sc \\X query`, `wmic /node:X`. */
export function machineAsked(typed: string): string | null {
  const text = typed.slice(0, 2000);
  const computer = COMPUTER.exec(text);
  // Elsewhere -VMName selects what is told, and does not say who tells it.
  if (computer && (!/-VMName/i.test(computer[0]) || /\b(?:Invoke-Command|icm)\b/i.test(text))) return computer[1]!;
  const tool =
    /^(?:sc(?:\.exe)?\s+\\\\|wmic\b.{0,80}?\/node:["']?|systeminfo\b.{0,80}?\/s\s+\\{0,2})([\w.-]{1,64})(?![\w,-])/i;
  return tool.exec(text)?.[1] ?? null;
}

const FILE_NAMES: [RegExp, string][] = [
  ...[...CMDLETS]
    .filter((name) => !/Content|ChildItem|ItemProperty/.test(name))
    .map((name): [RegExp, string] => [new RegExp(`(?<![a-z])${name.replace('-', '[-_. ]?')}(?![a-z])`, 'i'), name]),
  [/(?<![a-z])ip[-_ ]?config(?![a-z])/i, 'ipconfig'],
  [/(?<![a-z])system[-_ ]?info(?![a-z])/i, 'systeminfo'],
  [/(?<![a-z])hostname(?![a-z])/i, 'hostname'],
  [/(?<![a-z])netsh(?![a-z])/i, 'netsh'],
  [/(?<![a-z])certutil(?![a-z])/i, 'certutil'],
  [/(?<![a-z])wmic(?![a-z])/i, 'wmic'],
  [/(?<![a-z])sc[-_ ]?(?:query(?:ex)?|qc)(?![a-z])/i, 'sc'],
  [/(?<![a-z])vm[-_ ]?network[-_ ]?adapters?(?![a-z])/i, 'Get-VMNetworkAdapter'],
  [/(?<![a-z])vm[-_ ]?switch(?:es)?(?![a-z])/i, 'Get-VMSwitch'],
  [/(?<![a-z])vms?(?![a-z])/i, 'Get-VM'],
  [/(?<![a-z])(?:firewall|fw)[-_ ]?rules?(?![a-z])/i, 'Get-NetFirewallRule'],
  [/(?<![a-z])services?(?![a-z])/i, 'Get-Service'],
];

/** The command that a file is named after, such as `CCEHOST1_get-vm.txt`; null where its name tells none. */
export function commandOfPath(path: string): string | null {
  const name = lastPart(path);
  // A log or a configuration is no answer, whatever it is named.
  if (/\.(?:ini|log|evtx|ps[md]?1)$/i.test(name)) return null;
  return FILE_NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** The last part of a path in either notation, of a member of an archive too; at most its last 200 characters. */
export function lastPart(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').slice(-200);
}
