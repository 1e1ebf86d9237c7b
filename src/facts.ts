/**
 * The words for what is known of an appliance besides its log: what ini files, saved command output, certificates and
 * registry exports say. Like model.ts it does nothing. A fact is a row: what it is about, its values as text, and where
 * it stands. Which appliance, site and server it belongs to is found out later (context/), from all facts together.
 */

/**
 * What a fact is about, and the values that it may have. A value that the text does not give is absent, never empty: an
 * empty one (`State=`) is a value. Names are ours, in camel case; values stand as they were written, without the blanks
 * around them.
 */
export const FACT_VALUES = {
  /** An ini file: which one, by its name and its keys (`cloud-connector`, `module`, `appliance-manager`,
   * `service-persistent`, `other`), and the build that its first comment names. */
  'ini-file': ['file', 'name', 'build'],
  'ini-section': ['file', 'section'],
  /** Of a key that is twice in a section the last; `section` is absent above the first one. No key named like a secret. */
  'ini-key': ['file', 'section', 'key', 'value'],
  /** A Windows service: Get-Service, Get-CsWindowsService, Win32_Service, sc query. `status` is Running, Stopped, …;
   * `startMode` Auto, Manual, Disabled, Boot, System. */
  service: ['name', 'displayName', 'status', 'startMode', 'account', 'path'],
  /** A virtual machine of Hyper-V; `state` is Running, Off, Saved, Paused, …; never the localised Status. */
  vm: ['name', 'state', 'uptime'],
  /** An adapter of a VM; `vm` is empty where it is the host's own. `switch` is empty where it is not connected; `addresses` are separated by one space. */
  'vm-adapter': ['vm', 'adapter', 'switch', 'mac', 'status', 'addresses'],
  /** `type` is External, Internal or Private. */
  'vm-switch': ['name', 'type', 'allowManagementOs'],
  /** `enabled` is True or False; `direction` Inbound or Outbound; also from netsh. */
  'firewall-rule': ['name', 'enabled', 'direction', 'action', 'profile'],
  /** A network adapter as ipconfig /all shows it: IPv4 alone, a fact for each address. `dhcp`, `duplicate` and `automatic`
   * (169.254.x.x) are yes or no; `media` is `disconnected` or absent; `dns` and `gateway` are separated by one space. */
  'ip-adapter': [
    'adapter',
    'description',
    'mac',
    'dhcp',
    'media',
    'address',
    'mask',
    'gateway',
    'dns',
    'duplicate',
    'automatic',
  ],
  /** A machine: systeminfo, hostname, a transcript's header, ipconfig's Host Name. `os` is a build such as 6.3.9600;
   * `domain` is WORKGROUP or a domain. */
  machine: ['name', 'os', 'domain', 'boot', 'locale', 'timeZone'],
  /** The product version of the `scripts`, the `running` VMs, the deployed `bits` or the `backup`. Empty where the
   * command answered with nothing. */
  version: ['of', 'version'],
  /** Get-CsHybridPSTNSite. */
  'pstn-site': ['name', 'edgeFqdn', 'autoUpdate', 'bitsWindow', 'osWindow'],
  /** Get-CsHybridPSTNAppliance. */
  'pstn-appliance': [
    'id',
    'name',
    'site',
    'mediationFqdn',
    'mediationAddress',
    'maintenance',
    'action',
    'status',
    'version',
    'error',
  ],
  /** Get-CsHybridMediationServer. */
  'hybrid-mediation-server': ['id', 'fqdn', 'accessProxy'],
  /** One line of Get-CcApplianceStatus, whose layout nobody documents; `name` is absent where the line has none. */
  'appliance-status': ['name', 'value'],
  /** Get-MpPreference. Lists are separated by a vertical bar; `isCut` is yes where a list ends in `...`; `hidden` is yes
   * where the exclusions were not shown for want of rights. */
  defender: ['paths', 'processes', 'realtimeOff', 'isCut', 'hidden'],
  /** The release number of .NET Framework 4 in decimal, from a registry export or a command. */
  dotnet: ['release'],
  /** A certificate: a file, certutil -store, Get-ChildItem Cert:. Times are ISO 8601 in UTC where the zone is known, local
   * time without `Z` otherwise. `isSelfSigned` and `isAuthority` are yes or no. */
  certificate: [
    'subject',
    'issuer',
    'notBefore',
    'notAfter',
    'isSelfSigned',
    'isAuthority',
    'thumbprint',
    'names',
    'store',
  ],
  /** The manifest of a bundle that this tool gathered: on which host and when, and how local time differed from UTC. */
  collection: ['host', 'collected', 'zoneOffset'],
  /** Where the `appliance`, `site`, `appliance-log`, `site-log` or `external-certificate` files are. */
  directory: ['of', 'path'],
} as const satisfies Record<string, readonly string[]>;

export type FactKind = keyof typeof FACT_VALUES;
export const FACT_KINDS = Object.keys(FACT_VALUES) as FactKind[];

/** One row, as a parser finds it. Offsets count bytes of the raw file; lines are 1-based. */
export interface Fact {
  about: FactKind;
  values: Readonly<Record<string, string>>;
  /** The command that was answered, such as `Get-VM`, as far as the text or the file's name says; null for a file. */
  command: string | null;
  /** The machine that the text itself names for it: PSComputerName, a remote prompt, a transcript's header. */
  machine: string | null;
  line: number;
  byteStart: number;
  byteEnd: number;
  /** The raw lines that say it, decoded, joined with a line feed; secrets are still in them. */
  text: string;
  /** Digest of the raw bytes, as evidence has it; whoever has the bytes adds it. */
  digest?: string;
}

/** `explicit`: the record says when. `estimated`: the last time said before it in the same source. `none`: unknown. */
export type TimeBasis = 'explicit' | 'estimated' | 'none';

/** Names that only services of Skype for Business have. */
export const OWN_SERVICE = /^(?:REPLICA|MASTER|MEDSVC|RTC[A-Z]{3,20})$/i;

/** A server of an appliance: its host, or one of the four VMs. */
export const SERVER_ROLES = ['host', 'ad', 'cms', 'mediation', 'edge'] as const;
export type ServerRole = (typeof SERVER_ROLES)[number];

/** A fact whose place is known: what state checks look at. */
export interface PlacedFact extends Fact {
  /** The source that says it, as the report names it. */
  source: string;
  /** The appliance; null where that cannot be told. */
  appliance: string | null;
  site: string | null;
  /** The server it is about; null where that cannot be told. */
  role: ServerRole | null;
}
