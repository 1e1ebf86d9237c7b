/** What is replaced, by what it is. */
export const NAME_KINDS = [
  'appliance',
  'site',
  'host',
  'user',
  'tenant',
  'domain',
  'org',
  'place',
  'switch',
  'ip',
  'mac',
  'sid',
  'guid',
  'phone',
  'certificate',
  'fingerprint',
  'incident',
  'custom',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** The spelling by which a name is known: neither case nor width nor a console's line breaks tell two names apart. */
export function canonicalOf(kind: NameKind, name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, '');
  if (kind === 'phone') return folded.replace(/[^\da-z]/g, '');
  if (kind === 'mac') return folded.replace(/[^\da-f]/g, '');
  if (kind === 'guid') return folded.replace(/[{}]/g, '');
  return folded.replace(/\\+/g, '\\').replace(/\.$/, '');
}

/** All ways in which a name of this kind is written, squeezed and in lower case. */
export function writtenForms(kind: NameKind, canonical: string): string[] {
  if (kind === 'guid') return [canonical, canonical.replaceAll('-', '')];
  if (kind !== 'mac' || canonical.length !== 12) return [canonical];
  const pairs = canonical.match(/../g)!;
  return [canonical, pairs.join('-'), pairs.join(':'), canonical.match(/..../g)!.join('.')];
}
