/** One adapter of ipconfig: which value is which, by form and place; by label where these leave a doubt. */
import type { TextLine } from '../text-line.js';
import { type Found, found } from './found.js';
import { yesNo } from './object-windows.js';

export interface AdapterRow {
  label: string;
  /** Behind the colon, and below it. */
  values: string[];
  line: TextLine;
}

const IPV4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])\s*(?:[(\uFF08]([^)\uFF09]{1,40})[)\uFF09])?/;
const MAC = /^[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}$/;
/** Eight bytes: a tunnel, which is no adapter. */
const TUNNEL_MAC = /^[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7}$/;
const MASK = /^255\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
/** en, de, fr, es, it, pt, ja, ru, zh; a letter that an OEM code page damaged may be any. */
const DUPLICATE = /duplic|dupli[kq]|doppel|double|重複|дублир|复制|重复/i;
const PREFERRED = /prefer|bevorzugt|pr.{1,2}f.{1,2}r|優先|основн|首选/i;
const GATEWAY = /gateway|passerelle|puerta de enlace|ゲートウェイ|шлюз|网关/i;
const MEDIA =
  /^(?:media state|medienstatus|statut du m.{1,2}dia|estado de los medios|stato supporto|メディアの状態|媒体状态)/i;
const YES = /^(?:yes|ja|oui|s.{1,2}|sim|はい|да|是)$/i;
const NO = /^(?:no|nein|non|n.{1,2}o|いいえ|нет|否)$/i;
const TYPE =
  /^(?:(?:Ethernet|Tunnel|Wireless LAN|PPP) adapter|Ethernet-Adapter|Tunneladapter|Drahtlos-LAN-Adapter|Carte (?:Ethernet|Tunnel|r.{1,2}seau sans fil)|Adaptador de (?:Ethernet|t.{1,2}nel|LAN inal.{1,2}mbrica)|Adaptador (?:Ethernet|PPP)|Scheda Ethernet|イーサネット アダプター|Tunnel adapter) (?=\S)/i;

/** Facts of an adapter: one for each of its IPv4 addresses, one where it has none; nothing for tunnels. */
export function adapterFacts(header: string, rows: readonly AdapterRow[], lines: readonly TextLine[]): Found[] {
  if (rows.some(({ values }) => TUNNEL_MAC.test(values[0]!))) return [];
  const suffix = rows.findIndex(({ label, values }) => /DNS/.test(label) && !/^[\d.]{7,}|:.*:/.test(values[0]!));
  const mask = rows.findIndex(({ values }) => MASK.test(values[0]!));
  const common = {
    adapter: header.replace(TYPE, ''),
    description: descriptionBelow(rows, suffix),
    mac: rows.find(({ values }) => MAC.test(values[0]!))?.values[0],
    dhcp: dhcpOf(rows),
    media: isDisconnected(rows, suffix) ? 'disconnected' : undefined,
    gateway: gatewayOf(rows, mask),
    dns: dnsOf(rows),
  };
  const addresses = rows.flatMap(({ label, values }, at) => {
    const match = /IPv4|IP-Adresse|IP Address/i.test(label) ? IPV4.exec(values[0]!) : null;
    return match ? [{ at, address: match[1]!, note: match[2] }] : [];
  });
  if (addresses.length === 0) {
    const isKnown = common.mac !== undefined || common.media !== undefined || common.description !== undefined;
    return isKnown ? [found('ip-adapter', common, lines)] : [];
  }
  return addresses.map(({ at, address, note }) => {
    const below = rows[at + 1]?.values[0] ?? '';
    const own = {
      address,
      mask: MASK.test(below) ? below : undefined,
      duplicate: note === undefined ? undefined : duplicateOf(note),
      automatic: yesNo(address.startsWith('169.254.')),
    };
    return found('ip-adapter', { ...common, ...own }, lines);
  });
}

/** The suffix of the connection stands first, the description below it; ipconfig without /all has none. */
function descriptionBelow(rows: readonly AdapterRow[], suffix: number): string | undefined {
  const row = suffix < 0 ? undefined : rows[suffix + 1];
  const value = row?.values[0] ?? '';
  return row === undefined || value === '' || /IP/.test(row.label) || IPV4.test(value) || MAC.test(value)
    ? undefined
    : value;
}

/** Where there is no connection its state stands before all else. */
function isDisconnected(rows: readonly AdapterRow[], suffix: number): boolean {
  if (rows.some(({ label, values }) => MEDIA.test(label) && values[0] !== '')) return true;
  const value = rows[0]?.values[0] ?? '';
  return suffix === 1 && value !== '' && !IPV4.test(value) && !rows.some(({ label }) => /IPv[46]/.test(label));
}

function duplicateOf(note: string): string | undefined {
  if (DUPLICATE.test(note)) return 'yes';
  return PREFERRED.test(note) ? 'no' : undefined;
}

function dhcpOf(rows: readonly AdapterRow[]): string | undefined {
  const value =
    rows.find(({ label, values }) => /DHCP(?!v6)/.test(label) && !/^[\d.]{7,}/.test(values[0]!))?.values[0] ?? '';
  if (NO.test(value)) return 'no';
  return YES.test(value) ? 'yes' : undefined;
}

/** By its label, or the first value below the mask that is an address or none: times of a lease may stand between. */
function gatewayOf(rows: readonly AdapterRow[], mask: number): string | undefined {
  const labelled = rows.find(({ label }) => GATEWAY.test(label));
  const below = rows
    .slice(mask + 1)
    .find(({ values }) => values[0] === '' || IPV4.test(values[0]!) || /^fe80:/i.test(values[0]!));
  const row = labelled ?? (mask < 0 ? undefined : below);
  return row?.values.filter((value) => IPV4.test(value)).join(' ');
}

function dnsOf(rows: readonly AdapterRow[]): string | undefined {
  const row = rows.find(
    ({ label, values }) => /DNS/.test(label) && /^(?:[\d.]{7,15}|[0-9a-f:]*:[0-9a-f:]*:.*)$/i.test(values[0]!),
  );
  return row?.values.filter((value) => IPV4.test(value)).join(' ');
}
