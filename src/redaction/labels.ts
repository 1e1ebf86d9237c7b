/** Names that a word before them tells: `ServerName=…`, `Username: …`, `C:\Users\…`, `[CCEMS1]: PS C:\>`. */
import type { NameKind } from './kinds.js';
import type { Learner } from './learner.js';
import { isOrdinary } from './ordinary-words.js';

interface Label {
  kind: NameKind;
  /** Group 1: what tells it; group 2: the name. */
  pattern: RegExp;
  /** Whether an everyday word in this place is a name too. */
  isStrict: boolean;
  /** The value is a list, separated by blanks. */
  isList?: boolean;
  /** It may as well be a word with a number: "server build9319". */
  isProse?: boolean;
}

/** A value up to where it ends: in quotes, in an element, or as far as no blank comes. */
const VALUE = `(?<=["'])[^"'\\r\\n]{1,64}(?=["'])|[^\\s"'<>,;|()[\\]{}]{1,128}`;
const LINE = `[^\\r\\n"'<>,;|]{1,64}?(?=\\s*(?:[\\r\\n"'<>,;|]|$))`;
const IS = `["']?\\s{0,30}[:=]\\s{0,10}["']?`;
const label = (words: string, value = VALUE) => new RegExp(`((?<![\\p{L}\\p{N}])(?:${words})${IS})(${value})`, 'giu');

/** One of several names, in quotes or not. */
const NAME = `["']?[^\\s"'<>,;|()[\\]{}$-][^\\s"'<>,;|()[\\]{}]{0,127}["']?`;
/** Where the folders of users are. */
const PROFILES = '(?:users\\$?|documents and settings|homes?\\$?|profiles)[\\\\/]{1,4}';
const FOLDER = '[^\\\\/:*?"<>|\\r\\n]{1,64}';

const LABELS: readonly Label[] = [
  { kind: 'site', pattern: label('SiteName|Site ?Name|PSTN ?Site', LINE), isStrict: true },
  { kind: 'place', pattern: label('City', LINE), isStrict: true },
  // Of a service it is a state of another kind.
  { kind: 'place', pattern: /((?:City|CountryCode)=[^\r\n]{0,64}\r?\nState=)([^\r\n]{2,64})/giu, isStrict: true },
  { kind: 'appliance', pattern: label('Appliance ?Name|Appliance'), isStrict: false },
  {
    kind: 'domain',
    pattern: label('VirtualMachineDomain|ADDomain|DnsSuffix|DNSDomain|Primary Dns Suffix|Domain(?: ?Name)?'),
    isStrict: false,
  },
  { kind: 'domain', pattern: label('SIPDomains|InternalDomains', '[^\\r\\n"<>]{1,400}'), isStrict: true, isList: true },
  {
    kind: 'host',
    pattern: label(
      'ServerName|PoolName|InternalServerName|InternalPoolName|InternalMachineName|ExternalSIPPoolName|ExternalMRFQDNPoolName|WSUSServer|WSUSStatusServer|Mediation ?Server ?Fqdn|Edge ?Fqdn',
    ),
    isStrict: true,
  },
  {
    kind: 'host',
    pattern: label(
      'Machine(?: ?Name)?|Computer(?: ?Name)?|Ordinateur|Nom de l.h\u00f4te|PSComputerName|Host ?Name|VMName|VM ?Name|Workstation(?: ?Name)?|Server|DnsHostName|FQDN',
    ),
    isStrict: false,
  },
  {
    kind: 'host',
    pattern: new RegExp(`(<Computer>|-(?:ComputerName|VMName|Server)\\s{1,5}["']?)(${VALUE})`, 'giu'),
    isStrict: false,
  },
  {
    kind: 'host',
    pattern: new RegExp(
      `(-(?:ComputerName|VMName|Server)\\s{1,5}${NAME}\\s{0,3},)(\\s{0,3}${NAME}(?:\\s{0,3},\\s{0,3}${NAME})*)`,
      'giu',
    ),
    isStrict: false,
    isList: true,
  },
  {
    kind: 'host',
    pattern: /(^|\n)\[([\p{L}\p{N}][\p{L}\p{N}.-]{1,62})\](?=:? (?:PS |Connecting to))/gu,
    isStrict: false,
  },
  {
    kind: 'host',
    pattern:
      /(\b(?:server|computer|host|machine|node|VM|virtual machine)\s{1,3}(?:named?\s{1,3})?["'\u2018]?)(?!(?:cu|ip|kb|port|ps|r|rc|sp|tls|v|x)\d+\b)(?=[a-z-]{1,15}\d)([a-z][a-z0-9]{0,14}(?:-[a-z0-9]{1,14}){0,4})(?![\p{L}\p{N}]|\.\d)/giu,
    isStrict: false,
    isProse: true,
  },
  { kind: 'switch', pattern: label('(?:Corpnet|Internet|Management)?SwitchName', LINE), isStrict: false },
  {
    kind: 'switch',
    pattern: /((?:virtual switch|VMSwitch|vEthernet)\s{1,3}["'(\u2018])([^"')\u2019\r\n]{1,64})/giu,
    isStrict: false,
  },
  { kind: 'tenant', pattern: label('Tenant ?(?:Name|Id)?'), isStrict: false },
  {
    kind: 'org',
    pattern: label(
      'Registered Organization|Organi[sz]ationUnit|Department|Company(?: ?Name)?|Organization(?:Name)?',
      LINE,
    ),
    isStrict: false,
  },
  { kind: 'org', pattern: /(Name=["'](?:Subject|Target)?DomainName["']>)([^<]{1,64})/giu, isStrict: false },
  { kind: 'org', pattern: label('(?:Account|User) ?Domain|UserDomain|USERDNSDOMAIN'), isStrict: false },
  {
    kind: 'host',
    pattern: /(Name=["'](?:Workstation|WorkstationName|ComputerName|MachineName)["']>)([^<]{1,64})/giu,
    isStrict: false,
  },
  { kind: 'user', pattern: /(Name=["'](?:Subject|Target)?UserName["']>)([^<]{1,64})/giu, isStrict: false },
  {
    kind: 'user',
    pattern: label(
      'User ?Name|User|Benutzer(?:name)?|Utilisateur|Nom d.utilisateur|Usuario|Account(?: Name)?|Logon Account|Run ?As(?: User)?|UPN|UserPrincipalName|Login|UserId|StartName|SamAccountName',
    ),
    isStrict: false,
  },
  { kind: 'user', pattern: label('Registered Owner|Full ?Name', LINE), isStrict: false },
  { kind: 'user', pattern: /(")([^"<>\r\n]{2,64})(?="\s{0,3}<(?:sips?|mailto|tel):)/giu, isStrict: false },
  {
    kind: 'user',
    pattern: new RegExp(`(-(?:UserName|Credential|User)\\s{1,5}["']?)(${VALUE})`, 'giu'),
    isStrict: false,
  },
  {
    kind: 'user',
    pattern:
      /(\b(?:for|of|as|by|from) (?:the )?(?:user|account) ["'\u2018]?)([\p{L}\p{N}][\p{L}\p{N}._$-]{0,63}(?:\\{1,2}[\p{L}\p{N}._$-]{1,64})?)(?=["'\u2019.,;:)(]|\s*$)/gimu,
    isStrict: false,
  },
  {
    kind: 'user',
    pattern:
      /(\b(?:user(?:name)?|account|owner|identity|principal|logon|login|caller|member)\s{1,3}["'\u2018]?)([\p{L}\p{N}][\p{L}\p{N}.-]{0,62}\\[\p{L}\p{N}_][\p{L}\p{N}._$-]{0,63})(?![\p{L}\p{N}\\])/giu,
    isStrict: false,
  },
  // The folder of a user; its name may hold blanks where it is plain where it ends: at a separator, a quote, a prompt.
  { kind: 'user', pattern: new RegExp(`((?:[\\\\/]|^)${PROFILES})(${FOLDER})(?=[\\\\/])`, 'giu'), isStrict: true },
  {
    kind: 'user',
    pattern: new RegExp(`((["'])[^"'\\r\\n]{0,200}[\\\\/]${PROFILES})(${FOLDER.replace('"', '"\'')})(?=\\2)`, 'giu'),
    isStrict: true,
  },
  {
    kind: 'user',
    pattern: new RegExp(`(PS [^>\\r\\n]{0,99}[\\\\/]${PROFILES})(${FOLDER})(?=>)`, 'giu'),
    isStrict: true,
  },
  { kind: 'user', pattern: new RegExp(`(=[a-z]:[\\\\/]${PROFILES})(${FOLDER})(?=\\r|\\n|$)`, 'giu'), isStrict: true },
  {
    kind: 'user',
    pattern: new RegExp(`([\\\\/]${PROFILES})([^\\\\/:*?"'<>|\\s,;)]{1,64})(?![\\\\/\\p{L}\\p{N}])`, 'giu'),
    isStrict: true,
  },
];

const ACCOUNT =
  /(?<![\p{L}\p{N}\\/:._-])([\p{L}][\p{L}\p{N}.-]{0,62})\\{1,2}([\p{L}\p{N}_][\p{L}\p{N}._$-]{0,63})(?![\p{L}\p{N}\\])/gu;
const DISTINGUISHED =
  /\b(CN|OU|DC)=([^,;+="\r\n<>]{1,64})((?:,\s?(?:O|OU|L|S|ST|DC|C|E|CN|STREET)=[^,;="\r\n<>]{1,64}){0,12})/gi;
const ORGANIZATION = /\bO=(?:"([^"\r\n<>]{2,64})"|([^",;=\r\n<>/]{2,64}))/g;

export function learnLabels(text: string, learner: Learner): void {
  for (const { kind, pattern, isStrict, isList = false, isProse = false } of LABELS)
    for (const found of text.matchAll(pattern)) {
      const [before, value] = [found[1], found.at(-1)];
      if (before === undefined || value === undefined) continue;
      const values = isList ? value.split(/[\s,;"']+/).filter(Boolean) : [value.trim().replace(/[.:]+$/, '')];
      for (const each of values)
        if (!isProse || !isNumberedWord(each)) learner.labelled(kind, each, { before, isStrict });
    }
  for (const [, key, value, rest] of text.matchAll(DISTINGUISHED)) learner.subject(`${key}=${value}${rest}`);
  for (const [, quoted, bare] of text.matchAll(ORGANIZATION))
    learner.subject(`O=${quoted?.replaceAll(',', '') ?? bare}`);
}

function isNumberedWord(text: string): boolean {
  const [, word] = /^([a-z]+)\d+$/.exec(text) ?? [];
  return word !== undefined && isOrdinary(word);
}

/** `DOMAIN\user`: a folder looks the same, so that a part must be known, or it must be written as none is. Asked when all
 * labels are read. */
export function learnAccounts(text: string, learner: Learner): void {
  for (const [, domain, user] of text.matchAll(ACCOUNT)) learner.account(domain as string, user as string);
}
