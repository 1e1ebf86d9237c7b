import type { X509Certificate } from 'node:crypto';
import type { Fact } from '../../facts.js';

/** A certificate as a fact; where it stands is added by who knows. */
export function factOf(certificate: X509Certificate, place: Pick<Fact, 'line' | 'byteStart' | 'byteEnd'>): Fact {
  const values = valuesOf(certificate);
  const text = [
    `Subject: ${values['subject']}`,
    `Issuer: ${values['issuer']}`,
    `Valid: ${values['notBefore'] ?? 'unknown'} to ${values['notAfter'] ?? 'unknown'}`,
    `Thumbprint: ${values['thumbprint']}`,
  ];
  return { about: 'certificate', values, command: null, machine: null, ...place, text: text.join('\n') };
}

function valuesOf(certificate: X509Certificate): Record<string, string> {
  const values: Record<string, string | null> = {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    notBefore: timeOf(certificate.validFromDate),
    notAfter: timeOf(certificate.validToDate),
    // What certutil calls a root certificate: who signed it is not checked.
    isSelfSigned: certificate.subject === certificate.issuer ? 'yes' : 'no',
    isAuthority: certificate.ca ? 'yes' : 'no',
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    names: dnsNames(certificate.subjectAltName),
  };
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** In one line and with the last part first, as Windows shows it. */
function distinguishedName(lines: string | undefined): string {
  return (lines ?? '').split('\n').reverse().join(', ');
}

function timeOf(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
}

/** `DNS:a.example, IP Address:192.0.2.1`; Node puts a name with anything unusual in it in quotes. */
function dnsNames(names: string | undefined): string | null {
  const found = [...(names ?? '').matchAll(/(?:^|, )DNS:([^\s,"]{1,300})(?=,|$)/g)].map(([, name]) => name);
  return found.length === 0 ? null : found.join(' ');
}
