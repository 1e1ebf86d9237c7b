/** One file of an archive, as it is handed on. */

export interface Member {
  /** `outer.zip!/logs/x.log`, or `outer.zip!/inner.zip!/x.log`. */
  path: string;
  /** Unpacked bytes as the archive declares them, which need not be true; null where it does not. */
  size: number | null;
  /**
   * Whether `blocks` may be called again, and later. Members of a zip can be read at any time, in any order and at the
   * same time; those of a tar or gzip once, before the next one is asked for.
   */
  again: boolean;
  /**
   * The content in blocks of at most 256 KiB, which are the caller's. It ends early where it cannot be read on, and that is
   * reported; only the first call reports and counts. Throws what the file system throws.
   */
  blocks(): AsyncGenerator<Buffer, void>;
}
