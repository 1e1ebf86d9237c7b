/** Certificates as `Get-ChildItem Cert:` prints them: by thumbprint and subject, or as a list. */
import { cultureTime } from '../culture-time.js';
import { type Found, found } from './found.js';
import { yesNo } from './object-windows.js';
import type { Properties } from './printed-object.js';

/** `Microsoft.PowerShell.Security\Certificate::LocalMachine\My` */
const STORE = /(?:Certificate::|Cert:\\)[^\\]{1,40}\\([^\\]{1,60})/i;

/** An object with a thumbprint, or with a subject and an end. */
export function certificateOf(properties: Properties): Found | null {
  const thumbprint = properties.whole('Thumbprint') ?? '';
  const isMarked = /^[0-9A-Fa-f]{40}$/.test(thumbprint);
  const subject = properties.whole('Subject');
  const notAfter = properties.whole('NotAfter');
  if (!isMarked && !(subject !== undefined && notAfter !== undefined && /\w+=/.test(subject))) return null;
  const issuer = properties.whole('Issuer');
  const names = properties.items('DnsNameList');
  const place = properties.object.group ?? properties.whole('PSParentPath', 'PSPath') ?? '';
  const values = {
    subject,
    issuer,
    notBefore: localTime(properties.whole('NotBefore')),
    notAfter: localTime(notAfter),
    isSelfSigned: subject === undefined || issuer === undefined ? undefined : yesNo(subject === issuer),
    thumbprint: isMarked ? thumbprint.toUpperCase() : undefined,
    names: names === undefined || names.isCut ? undefined : names.items.join(' '),
    store: STORE.exec(place)?.[1],
  };
  return found('certificate', values, properties.object.lines);
}

/** The local time of whoever printed it, or that of JSON and CLIXML, which tell the zone; undefined where it may be mistaken. */
function localTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ticks = /^\/Date\((-?\d{1,15})\)\/$/.exec(text)?.[1];
  if (ticks !== undefined) {
    const time = new Date(Number(ticks));
    return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
  }
  return cultureTime(text) ?? undefined;
}
