/** What names a report holds, as its texts and fields tell them; makes of each the needles it is found by. */
import { isIPv4, isIPv6 } from 'node:net';
import { canonicalOf, type NameKind } from './kinds.js';
import {
  isFile,
  isFolderLike,
  isKnownAccount,
  isKnownAddress,
  isKnownDomain,
  isNamespace,
  isServiceLabel,
  tenantAt,
} from './known-names.js';
import { isTelling, type Needles } from './needles.js';
import { isOrdinary } from './ordinary-words.js';
import type { Name, Pseudonyms } from './pseudonyms.js';
import { endsAsDomain, isInternalSuffix, suffixLabels } from './suffixes.js';

/** The switches that the product makes are called so everywhere. */
const PRODUCT_SWITCH = /^(?:sfbcce|cloudconnector)(?:corpnet|internet|management)switch$/;
/** The template of the ini and what a value is where there is none. */
const NO_NAME = /^(?:site1|true|false|yes|no|none|null|n\/a|unknown|localhost|phone|[-*?.]+|\d+(?:\.\d+)*|\*+)$/i;
/** `CCEMS1-2.1.0`: VMs are called after their server and the product version. */
const VERSION_BEHIND = /[-_ ]v?\d+\.\d+(?:\.\d+)*(?:-\w+)?$/i;

export class Learner {
  readonly #pseudonyms: Pseudonyms;
  readonly #needles: Needles;
  /** Domains that are known by themselves, without a host before them. */
  readonly #domains = new Set<string>();

  constructor(pseudonyms: Pseudonyms, needles: Needles) {
    this.#pseudonyms = pseudonyms;
    this.#needles = needles;
  }

  /** A name by itself. It is looked for in prose unless it is an everyday word. */
  name(kind: NameKind, spelling: string): Name {
    const name = this.#pseudonyms.nameOf(kind, spelling);
    if (isTelling(name.canonical)) this.#needles.addName(name, blanksIn(spelling));
    return name;
  }

  /** A name in a field that says what it is. */
  field(kind: NameKind, value: string): void {
    const text = value.trim();
    if (text === '' || NO_NAME.test(text) || this.#structured(text)) return;
    if (kind === 'switch' && PRODUCT_SWITCH.test(canonicalOf(kind, text))) return;
    if (kind === 'host' || kind === 'appliance') this.#machine(kind, text);
    else if (kind === 'domain') this.domain(text);
    else if (kind === 'user') {
      if (!isKnownAccount(text)) this.name('user', text);
    } else this.name(kind, text);
  }

  /** A name that a word before it tells. */
  labelled(kind: NameKind, value: string, { before, isStrict }: { before: string; isStrict: boolean }): void {
    const canonical = canonicalOf(kind, value);
    if (value.length < 2 || NO_NAME.test(value) || isKnownAccount(value) || isNamespace(value)) return;
    if (kind === 'switch' && PRODUCT_SWITCH.test(canonical)) return;
    // The host of an address is found by itself.
    if (/^\w+:\/\//.test(value)) return;
    if (/^(?:microsoft|nt[ _]authority|nt[ _]service|builtin|window manager)/i.test(value)) return;
    if (this.#structured(value)) return;
    if (isTelling(canonical)) this.field(kind, value);
    if (isTelling(canonical) || !isStrict) return;
    // An everyday word: a name in this place alone.
    const name = this.#pseudonyms.nameOf(kind, value);
    const place = canonicalOf('custom', before);
    this.#needles.add({
      text: place + canonical,
      pieces: [name],
      kept: place.length,
      blanks: blanksIn(before + value),
    });
  }

  mail(user: string, domain: string): void {
    const isMachine = user.includes('.') && (this.isInDomain(user) || /\.(?:local|lan|internal|corp)$/i.test(user));
    const isPhone = /^\+?\d{7,15}$/.test(user);
    if (isMachine) this.dotted(user);
    else if (isPhone) this.phone(user);
    const whole = `${user}@${domain}`;
    const before = isMachine ? this.#partsOf(user) : [this.#userOf(user, isPhone)];
    // A person's name stands without the first one too.
    const [, family] = (isMachine ? null : /^\p{L}+\.(\p{L}{4,})$/u.exec(user)) ?? [];
    if (family !== undefined) this.name('user', family);
    this.#compose(whole, [...before, '@', ...this.#domainParts(domain)]);
  }

  /** Dotted words that are a domain, or a machine's name in one. */
  dotted(text: string): void {
    const lower = text.toLowerCase();
    if (isKnownDomain(lower) && tenantAt(lower) === null) return;
    this.#compose(text, this.#partsOf(text));
  }

  domain(text: string): void {
    if (!text.includes('.')) {
      if (!isOrdinary(text)) this.name('org', text);
    } else this.#compose(text, this.#domainParts(text));
  }

  account(domain: string, user: string): void {
    const isKnown =
      isAccount(domain, user) ||
      ['org', 'host', 'domain'].some((kind) => this.#pseudonyms.has(kind as NameKind, domain)) ||
      this.#pseudonyms.has('user', user) ||
      [...this.#domains].some((known) => known.startsWith(`${domain.toLowerCase()}.`));
    if (!isKnown || /^(?:users|windows|programdata|hk(?:lm|cu|cr|u))$/i.test(domain)) return;
    if (!isKnownAccount(user) && !isOrdinary(user)) this.name('user', user);
    const known = canonicalOf('org', domain);
    if (isOrdinary(known) || isKnownAccount(known)) return;
    const before = this.name('org', domain);
    if (isKnownAccount(user)) return;
    const owner = this.#pseudonyms.nameOf('user', user);
    this.#compose(`${domain}\\${user}`, [before, '\\', owner]);
  }

  phone(text: string): void {
    const digits = text.replace(/\D/g, '');
    if (digits.length < 7) return;
    const name = this.#pseudonyms.nameOf('phone', text);
    this.#needles.addName(name);
    this.#needles.add({ text: canonicalOf('custom', text), pieces: [name], kept: 0, blanks: blanksIn(text) });
  }

  /** The subject of a certificate or of an entry in the directory, without the addresses in it. */
  subject(text: string): void {
    for (const [, written = '', value = ''] of text.matchAll(/(?:^|,\s?)([A-Z]{1,6})=([^,]+)/gi)) {
      const key = written.toUpperCase();
      const kind = key === 'CN' ? 'certificate' : /^(?:L|S|ST|STREET)$/.test(key) ? 'place' : 'org';
      if (key === 'C' || (key === 'DC' && isInternalSuffix(value.toLowerCase()))) continue;
      const words = value.trim().split(/[\s-]+/);
      if (words.every((word) => isOrdinary(word) || word.length < 3)) continue;
      this.labelled(kind, value.trim(), { before: `${key}=`, isStrict: false });
    }
  }

  isInDomain(text: string): boolean {
    const lower = text.toLowerCase();
    for (let dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1))
      if (this.#domains.has(lower.slice(dot + 1))) return true;
    return this.#domains.has(lower);
  }

  /** Addresses, accounts and the like, whatever field they stand in. Whether the value is one. */
  #structured(value: string): boolean {
    const bare = value.replace(/^sip:/i, '');
    const [user, domain, ...more] = bare.split('@');
    if (user && domain && more.length === 0 && endsAsDomain(domain, true) && domain.includes('.')) {
      this.mail(user, domain);
      return true;
    }
    if (/^[^\\/:\s]+\\[^\\/\s]+$/.test(value)) {
      const [org, account] = value.split('\\') as [string, string];
      if (!isOrdinary(org) && !isKnownAccount(org)) this.name('org', org);
      this.account(org, account);
      return true;
    }
    if (isIPv4(value) || isIPv6(value)) {
      if (!isKnownAddress(value)) this.name('ip', value);
      return true;
    }
    if (!value.includes('.') || /\s/.test(value) || !endsAsDomain(value, false)) return false;
    this.dotted(value);
    return true;
  }

  #machine(kind: NameKind, text: string): void {
    const bare = text.replace(VERSION_BEHIND, '');
    if (bare.includes('.') && !/\s/.test(bare)) {
      const [host, ...domain] = bare.split('.');
      this.name(kind, host as string);
      if (domain.length > 1 || this.isInDomain(domain.join('.')))
        this.#compose(bare, [
          this.#pseudonyms.nameOf(kind, host as string),
          '.',
          ...this.#domainParts(domain.join('.')),
        ]);
    } else this.name(kind, bare);
  }

  #userOf(user: string, isPhone: boolean): Name {
    if (isPhone) return this.#pseudonyms.nameOf('phone', user);
    return isOrdinary(user) || isKnownAccount(user) ? this.#pseudonyms.nameOf('user', user) : this.name('user', user);
  }

  /** The pieces of dotted words: the host, and its domain. */
  #partsOf(text: string): (Name | string)[] {
    const labels = text.split('.');
    const lower = text.toLowerCase();
    if (this.#domains.has(lower) || tenantAt(lower) !== null || labels.length <= suffixLabels(labels) + 1)
      return this.#domainParts(text);
    const [host = '', ...domain] = labels;
    const first = isServiceLabel(host.toLowerCase()) ? host : this.name('host', host);
    return [first, '.', ...this.#domainParts(domain.join('.'))];
  }

  #domainParts(text: string): (Name | string)[] {
    const lower = text.toLowerCase();
    const tenant = tenantAt(lower);
    if (tenant !== null) return [this.name('tenant', text.slice(0, tenant.label.length)), `.${tenant.suffix}`];
    if (isKnownDomain(lower)) return [text];
    const labels = lower.split('.');
    this.#domains.add(lower);
    const base = labels.at(-1 - suffixLabels(labels)) ?? '';
    if (base.length > 3 && isTelling(base)) this.name('org', text.slice(lower.indexOf(base)).slice(0, base.length));
    return [this.name(isInternalSuffix(labels.at(-1) as string) && !isReserved(labels) ? 'domain' : 'tenant', text)];
  }

  #compose(text: string, pieces: (Name | string)[]): void {
    if (pieces.every((piece) => typeof piece === 'string')) return;
    this.#needles.add({ text: canonicalOf('custom', text), pieces, kept: 0, blanks: new Set() });
  }
}

/** `CONTOSO\anna`: in capitals as Windows writes domains, and neither a key of the registry nor a file. */
function isAccount(domain: string, user: string): boolean {
  if (!/^[A-Z][A-Z0-9-]{1,14}$/.test(domain) || isFolderLike(domain) || isOrdinary(canonicalOf('org', domain)))
    return false;
  return !isFile(user) && (isKnownAccount(user) || !isOrdinary(canonicalOf('user', user)));
}

/** `contoso.example` stands for a public domain. */
function isReserved(labels: readonly string[]): boolean {
  return labels.at(-1) === 'example' || labels.at(-1) === 'test' || labels.at(-1) === 'invalid';
}

/** Where blanks stood, counted in what is left without them. */
function blanksIn(text: string): Set<number> {
  const blanks = new Set<number>();
  let at = 0;
  for (const word of text.trim().split(/\s+/)) {
    at += word.normalize('NFKC').length;
    blanks.add(at);
  }
  return blanks;
}
