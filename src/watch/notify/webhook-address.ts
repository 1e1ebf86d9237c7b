/** The address of a webhook. Often it is a secret itself, in its path or its query: of it, messages show the host. */
import { CcelogError } from '../../errors.js';
import { MASK } from '../../redaction/mask-secrets.js';
import { t } from '../../texts/texts.js';

export interface Webhook {
  /** Without user and password: fetch takes none in an address. */
  url: string;
  /** The header that they become. */
  authorization: string | null;
  /** What no message may hold, the longest first. */
  secrets: string[];
}

/** The address that the user gave. Throws BAD_USAGE, without the address in its message. */
export function parseWebhook(text: string): Webhook {
  const url = URL.parse(text.trim());
  if (url === null) throw wrong(t`it is no URL`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw wrong(t`it must begin with https:// or http://, not ${url.protocol}`);
  const user = decoded(url.username);
  const password = decoded(url.password);
  const credentials = Buffer.from(`${user}:${password}`).toString('base64');
  const authorization = user === '' && password === '' ? null : `Basic ${credentials}`;
  const parts = [url.pathname, ...url.pathname.split('/'), url.search, ...url.searchParams.values()];
  // Short parts, such as `v1` or `hook`, are words like others, and a text in which they are masked says nothing.
  const secrets = [...parts, ...parts.map(decoded)].filter((part) => part.length >= 8);
  if (authorization !== null) secrets.push(credentials, url.password, password, url.username, user);
  url.username = '';
  url.password = '';
  url.hash = '';
  const known = [...new Set(secrets)].filter((secret) => secret !== '');
  return { url: url.href, authorization, secrets: known.sort((a, b) => b.length - a.length) };
}

/** Protocol, host and port. */
export function shownUrl({ url }: Webhook): string {
  return URL.parse(url)?.origin ?? '';
}

/** The text of a server, which may tell what it was asked for, without what the address keeps secret. */
export function withoutAddress(text: string, { secrets }: Webhook): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, MASK), text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wrong(why: string): CcelogError {
  const details = { why, try: '--webhook https://alerts.contoso.example/ccelog' };
  return new CcelogError('BAD_USAGE', t`the address of --webhook cannot be used`, details);
}
