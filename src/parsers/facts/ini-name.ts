/**
 * Which ini file a text is. CloudConnector.ini is told by its sections and keys, which its template shows; of the others
 * only a value or the name is known.
 */
import { lastPart } from './commands.js';

export type IniFile = 'cloud-connector' | 'module' | 'appliance-manager' | 'service-persistent' | 'other';

const SECTIONS =
  /^(?:common|network|primarycms|mediationserver|edgeserver|hybridvoiceroutes|trunkconfiguration|gateway\d{1,2})$/i;
/** Keys that no other file has. */
const KEYS = new Set([
  ...['sipdomains', 'virtualmachinedomain', 'onlinesipfederationfqdn', 'corpnetswitchname', 'internetswitchname'],
  ...['managementswitchname', 'externalsippoolname', 'externalmrfqdnpoolname', 'internaldomains', 'addomain'],
]);

/** @param path as the report names the source */
export function iniFileOf(path: string, sections: Iterable<string>, keys: ReadonlySet<string>): IniFile {
  const name = lastPart(path).toLowerCase();
  // The template describes no appliance.
  if (/sample/.test(name)) return 'other';
  const known = [...sections].filter((section) => SECTIONS.test(section)).length;
  if (known >= 2 || [...keys].some((key) => KEYS.has(key))) return 'cloud-connector';
  if (keys.has('hahealthkeeprecover')) return 'appliance-manager';
  if (keys.has('automaintenancestatus')) return 'service-persistent';
  return iniFileOfName(path) ?? 'other';
}

/** The file that a name alone tells, a copy such as `module (1).ini` too; null where it tells none. */
export function iniFileOfName(path: string): IniFile | null {
  const name = lastPart(path).toLowerCase();
  if (/sample/.test(name)) return null;
  if (/cloud[-_ ]?connector.{0,40}\.ini$/.test(name)) return 'cloud-connector';
  if (/(?<![a-z])module(?![a-z]).{0,60}\.ini$|(?<![a-z])module\.ini/.test(name)) return 'module';
  if (/appliancemanager.{0,40}\.ini|appliancemanager\.ini/.test(name)) return 'appliance-manager';
  // The product's own spelling lacks a letter.
  if (/cceser?vicepersistent/.test(name)) return 'service-persistent';
  // Files of the site directory whose form nobody tells: if they have keys, these are read.
  return /version[-_ ]?info|^cclockfile|^(?:site|tenant|tenantconfiglock)_[\w.-]+$/.test(name) ? 'other' : null;
}
