/**
 * Which folder names may tell one appliance from another. Those that tell a date, a kind of file, a place of Windows
 * or a server's role do not: what lies in them belongs together with what lies beside them.
 */
import type { ServerRole } from '../facts.js';
import { isSingle, plainName, wordsOf } from './path.js';

const ROLE_WORDS: Readonly<Record<string, ServerRole>> = {
  edge: 'edge',
  edgeserver: 'edge',
  mediation: 'mediation',
  mediationserver: 'mediation',
  med: 'mediation',
  ms: 'mediation',
  cms: 'cms',
  primarycms: 'cms',
  ad: 'ad',
  dc: 'ad',
  domain: 'ad',
  domaincontroller: 'ad',
  host: 'host',
  hyperv: 'host',
};

/** Words that say what is in a folder or file, or when it was put there, never whose it is. */
const GENERIC = new Set(
  `log logs logging trace traces transcript transcripts console output outputs out result results command commands cmd
  powershell ps config configs configuration ini inis cert certs certificate certificates event events eventlog eventlogs
  evtx registry reg dump dumps data file files misc other others stuff temp tmp backup backups old new copy copies archive
  archives collected collect collection bundle bundles support case ticket screenshot screenshots before after vorher nachher avant apres après current
  previous today yesterday day week part disk run export exports exported exportedconfig state status network vm vms vma
  server servers service services appliance appliances site root tenant ccemanagementservice get all the of and for to from am pm
  programdata cloudconnector cce sfb skype business cloud connector applianceroot siteroot approot users user
  ipconfig systeminfo hostname netsh certutil wevtutil sc firewall module appliancemanager ccesevicepersistent
  cceservicepersistent versioninfo application applications security setup mppreference defender dotnet net framework ndp
  version versions runningversion ccversion ccrunningversion info information adapter adapters switch switches
  error errors warning warnings note notes message messages mail mails text texts txt pasted paste
  rule rules credential credentials history session health summary list report
  administrator admin documents desktop downloads windows system32 winevt program x86 instances default appdata local
  roaming modules windowspowershell monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec`.split(/\s+/),
);

/** Words that tell one appliance from another once they are numbered: `host1` and `host2` are two, `host` is a part of one. */
const NUMBERED = /^(?:cce)?(?:host|appliance|server|site|node|cce|sfb)\d+$/;

/** The role that a word stands for; numbers behind it and the product's name before it are no part of it. */
export function roleOfWord(word: string): ServerRole | null {
  const bare = word.replace(/\d+$/, '');
  return ROLE_WORDS[bare] ?? ROLE_WORDS[bare.replace(/^(?:cce|sfb)+/, '')] ?? null;
}

/** Whether a folder's name may be that of an appliance, or at least tells it from others. */
export function isDistinct(folder: string): boolean {
  if (isSingle(folder)) return false;
  const words = wordsOf(plainName(folder));
  return words.some((word) => NUMBERED.test(word) || (!isCommon(word) && roleOfWord(word) === null));
}

/** Whether a word tells nothing of whose a file is. */
export function isCommon(word: string): boolean {
  if (/^\d+$/.test(word)) return isTimeOrCount(word);
  // Versions and parts of dates; one letter is a drive.
  if (!/\p{L}{2}/u.test(word) || /^v?\d|^\d+(?:st|nd|rd|th|t\d+z?)$/.test(word)) return true;
  return GENERIC.has(word) || GENERIC.has(word.replace(/\d+$/, ''));
}

const [YEAR, MONTH, DAY, HOUR, MINUTE] = [
  '(?:19|20)\\d\\d',
  '(?:0[1-9]|1[0-2])',
  '(?:0[1-9]|[12]\\d|3[01])',
  '(?:[01]\\d|2[0-3])',
  '[0-5]\\d',
];
const TIMES = [
  YEAR,
  `${MONTH}${DAY}`,
  `${DAY}${MONTH}`,
  `${HOUR}${MINUTE}(?:${MINUTE})?`,
  `${YEAR}${MONTH}`,
  `\\d\\d${MONTH}${DAY}`,
  `(?:${DAY}${MONTH}|${MONTH}${DAY})(?:\\d\\d|${YEAR})`,
  `${YEAR}${MONTH}${DAY}(?:${HOUR}(?:${MINUTE}(?:${MINUTE}(?:\\d{3})?)?)?)?`,
  // Seconds since 1970, from 2014 to 2033.
  '1[4-9]\\d{8}(?:\\d{3})?',
];
const TIME = new RegExp(`^(?:${TIMES.join('|')})$`);

/** Whether digits tell a day, an hour, or which of several it is; a longer number is that of a ticket, and a name. */
function isTimeOrCount(digits: string): boolean {
  return digits.length < 4 || TIME.test(digits);
}
