/** Sizes in words. */
import { decimal, plural, t } from './texts.js';

/** A number of bytes with a unit of powers of 1000: `1.4 GB`. */
export function sizeText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const size = decimal(bytes / 1000 ** step, step === 0 ? 0 : 1);
  switch (step) {
    case 0:
      return t`${size} B`;
    case 1:
      return t`${size} kB`;
    case 2:
      return t`${size} MB`;
    case 3:
      return t`${size} GB`;
    default:
      return t`${size} TB`;
  }
}

/** A limit in the largest unit of powers of 1024 that keeps it whole or gives it one digit after the point. */
export function binarySizeText(bytes: number): string {
  let size = bytes;
  let step = 0;
  for (; size >= 1024 && step < 4; step++) size /= 1024;
  if (step === 0) return byteCount(bytes);
  const shown = decimal(size, Number.isInteger(size) ? 0 : 1);
  if (step === 1) return t`${shown} KiB`;
  if (step === 2) return t`${shown} MiB`;
  return step === 3 ? t`${shown} GiB` : t`${shown} TiB`;
}

export function byteCount(bytes: number): string {
  return plural(bytes, '{0} byte', '{0} bytes');
}
