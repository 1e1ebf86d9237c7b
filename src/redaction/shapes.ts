/** Names that their shape tells: addresses of mail and of machines, domains, accounts, numbers. */
import { isIPv4, isIPv6 } from 'node:net';
import { isFile, isKnownAddress, isKnownGuid, isNamespace } from './known-names.js';
import type { Learner } from './learner.js';
import { isOrdinary } from './ordinary-words.js';
import { endsAsDomain } from './suffixes.js';

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?';
const DOMAIN = `${LABEL}(?:\\.${LABEL}){1,9}`;
const MAIL = new RegExp(`(?<![\\p{L}\\p{N}._%+@-])([\\p{L}\\p{N}_#+][\\p{L}\\p{N}._%+'#-]{0,63})@(${DOMAIN})`, 'gu');
const DOTTED = new RegExp(`(?<![\\p{L}\\p{N}$@-])(?<![\\p{L}\\p{N}]\\.)${DOMAIN}(?![\\p{L}\\p{N}_(])`, 'gu');
const URL_HOST = new RegExp(
  `(?::\\/\\/)(?:[^\\s/@\\\\]{0,200}@)?(${LABEL}(?:\\.${LABEL}){0,9})(?=[:/\\\\?#\\s]|$)`,
  'gu',
);
/** A user by the address of a machine: `sip:anna@192.0.2.1`. */
const SIP_USER = /\bsips?:([^\s@;:<>"']{2,64})@(?=\d{1,3}(?:\.\d{1,3}){3}|\[)/giu;
const UNC =
  /(?<![\p{L}\p{N}:\\])(?:\\{2,4}\?\\{1,2}UNC\\{1,2}|\\{2,4})([\p{L}\p{N}][\p{L}\p{N}._-]{0,252})(?=\\{1,2}[\p{L}\p{N}_$]|[\s"',;)]|\.?(?:\s|$))/giu;
const IPV4 = /(?<![\d.])(?<!\p{L})\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/gu;
const VERSION_BEFORE =
  /(?:version|versions|build|release|v|ver|netfx|framework|edition|update|hotfix|kb)[\s"':=.-]{0,4}(?:number\s|of\s|is\s|to\s)?["']?$/i;
const IPV6 = /(?<![\p{L}\p{N}:\].])[0-9a-f:]{2,39}(?:\.\d{1,3}){0,3}(?![\p{L}\p{N}:])/giu;
const MAC =
  /(?<![\p{L}\p{N}:-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\p{L}\p{N}:-])|\b00155d[0-9a-f]{6}\b|\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b|(?<=\bmac(?:\s?address)?[\s"':=]{1,20})[0-9a-f]{12}\b/giu;
/** In capitals and numbered, as machines are called; group 1: without its number. */
const MACHINE_LIKE =
  /(?<![\p{L}\p{N}-])(?!(?:CU|IP|KB|LUN|MD|PS|RC|SP|SR|TLS|UTF|VM|VOL|WAVE|X)-?\d)([A-Z]{2,12})(?:-?[A-Z0-9]{1,8}){0,2}(?<=\d{1,3})(?![\p{L}\p{N}-])/gu;
const SID = /\bS-1-(?:5-21|5-83|12-1)(?:-\d{1,10}){2,5}/gi;
const GUID = /(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const THUMBPRINT =
  /(?<=\bthumbprint[\s"':=]{1,20})(?:[0-9a-f]{2} ?){19}[0-9a-f]{2}\b|(?<=\bcert hash\(sha1\):\s{0,4})(?:[0-9a-f]{2} ?){20}/gi;
/** Text that was encoded, such as the commands of a scheduled task. */
const BASE64 = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,4000}={0,2}(?![A-Za-z0-9+/=])/g;
const PHONES = [
  /(?<![\p{L}\p{N}+])\+[1-9](?:[ .()/-]{0,2}\d){7,14}(?!\d)/gu,
  /(?<=\btel:)[+\d][\d().-]{3,20}\d/gi,
  /(?<![\p{L}\p{N}.(-])\(\d{3}\) ?\d{3}-\d{4}(?!\d)/gu,
  /(?<![\p{L}\p{N}.-])\d{3}-\d{3}-\d{4}(?![\d-])/gu,
  /(?<=\b(?:phone|caller|callee|called|calling|dialed|dialled|call (?:from|to)|telephone|mobile|fax|ani|dnis|line ?uri)\b[^\d\n+]{0,24})\d(?:[ ()-]{0,2}\d){6,14}(?!\d|[.:]\d)/giu,
];

/** Addresses of mail and SIP: they also tell what is a domain, so that all texts are asked for them first. */
export function learnMail(text: string, learner: Learner): void {
  for (const [, user, domain] of text.matchAll(MAIL))
    if (endsAsDomain(domain as string, true)) learner.mail(user as string, domain as string);
}

/** All other shapes. */
export function learnShapes(text: string, learner: Learner): void {
  for (const [found] of text.matchAll(DOTTED)) {
    if (isNamespace(found) || isFile(found)) continue;
    if (endsAsDomain(found, false) || learner.isInDomain(found)) learner.dotted(found);
  }
  for (const [, host] of text.matchAll(URL_HOST)) machine(host as string, learner);
  for (const [, host] of text.matchAll(UNC)) machine(host as string, learner);
  for (const { 0: found, index } of text.matchAll(IPV4))
    if (isAddress(found, text.slice(Math.max(0, index - 24), index), text.slice(index + found.length).slice(0, 6)))
      learner.name('ip', found);
  for (const [, user] of text.matchAll(SIP_USER)) {
    if (/^\+?\d{7,15}$/.test(user as string)) learner.phone(user as string);
    else learner.field('user', user as string);
  }
  for (const [found] of text.matchAll(BASE64)) if (isEncodedText(found)) learner.name('custom', found);
  for (const [found] of text.matchAll(IPV6)) {
    const address = found.replace(/(?<=[^:]):$/, '');
    if (/::|(?::[^:]+){7}/.test(address) && isIPv6(address) && !isKnownAddress(address)) learner.name('ip', address);
  }
  for (const [found] of text.matchAll(MAC))
    if (!/^(?:0+|f+)$/i.test(found.replace(/[:.-]/g, ''))) learner.name('mac', found);
  for (const [found] of text.matchAll(SID)) learner.name('sid', found);
  for (const [found] of text.matchAll(GUID)) if (!isKnownGuid(found)) learner.name('guid', found);
  for (const [found] of text.matchAll(THUMBPRINT)) learner.name('certificate', found);
  for (const pattern of PHONES) for (const [found] of text.matchAll(pattern)) learner.phone(found);
}

/** Folders and files are called after machines: `KWHOST01/`, `get-vm_KWMS07.txt`. */
export function learnPath(path: string, learner: Learner): void {
  for (const [found, word] of path.matchAll(MACHINE_LIKE))
    if (!isOrdinary((word as string).toLowerCase())) learner.field('host', found);
}

/** What stands where only a machine can: `\\host\share`, `https://host`. */
function machine(text: string, learner: Learner): void {
  if (isIPv4(text)) {
    if (!isKnownAddress(text)) learner.name('ip', text);
  } else if (!text.includes('.')) learner.field('host', text);
  else if (endsAsDomain(text, true)) learner.dotted(text);
}

/** 2.1.0.0 and 6.0.1.0 are versions; so is what the words before it call one, and 2.0.1.4 unless they call it an address. */
function isAddress(text: string, before: string, after: string): boolean {
  if (!isIPv4(text) || isKnownAddress(text) || VERSION_BEFORE.test(before)) return false;
  if (/^\d(?:\.\d){2}\.\d{1,3}$/.test(text))
    return ADDRESS_BEFORE.test(before) || /^(?::\d{2,5}|\/\d{1,2})\b/.test(after);
  return !/^\d\.\d{1,2}\.\d{1,3}\.0$/.test(text);
}

const ADDRESS_BEFORE =
  /(?:\b(?:ip|ipv4|address|adresse|addresses|host|server|gateway|dns|node|peer|ping|hop|proxy)\b["']?[\s"':=([]{0,8}|\w*ip\w{0,12}\s{0,8}[:=]\s{0,3}|[@[]|\/\/|\\\\)$/i;

/** Whether it stands for readable text, as UTF-8 or as PowerShell encodes it. */
function isEncodedText(found: string): boolean {
  const bytes = Buffer.from(found, 'base64');
  return ['utf8', 'utf16le'].some((encoding) =>
    /^[\t\r\n\x20-\x7e\u00a1-\u024f]{9,}$/.test(bytes.toString(encoding as BufferEncoding)),
  );
}
