/**
 * A path as a URI: relative ones stay relative, `C:\x` and `\\host\x` become file URIs. A member of an archive keeps its
 * name, `bundle.zip!/logs/x.log`: no scheme of URIs that programs know reaches into archives.
 */
export function uriOf(path: string): string {
  const slashed = path.replaceAll('\\', '/').toWellFormed();
  const encoded = slashed
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':'))
    .join('/');
  if (/^[A-Za-z]:\//.test(slashed)) return `file:///${encoded}`;
  if (/^\/\/[^/]/.test(slashed)) return `file:${encoded}`;
  if (slashed.startsWith('/')) return `file:///${encoded.replace(/^\/+/, '')}`;
  // A colon in the first part would make a scheme of it.
  return encoded.replace(/^[^/]*/, (first) => first.replaceAll(':', '%3A'));
}
