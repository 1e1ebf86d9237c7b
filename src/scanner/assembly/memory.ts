/**
 * Where everything lies in the module's memory, as byte addresses. The host reads the same places through the exported
 * functions below; areas that nothing is written to cost no memory.
 */

/** Units (bytes of the window) that one call of `scan` may take: what the areas below are measured for. */
export const BLOCK: i32 = 1 << 18;
/** The longest window: a record of the greatest length, a block more, and room for what the host keeps beside it. */
export const WINDOW: i32 = 1 << 21;
/** A scan writes blanks behind the window's end, so that it need not care where a vector ends. */
const SLACK: i32 = 64;

/** Places of the bytes to keep for each mask of eight, for the lower and for the upper half of a vector. */
export const KEEP_LOW: i32 = 1024;
export const KEEP_HIGH: i32 = KEEP_LOW + 256 * 8;
/** Headers that were read, 16 of 64 bytes. */
export const HEADERS: i32 = KEEP_HIGH + 256 * 8;
/** The state of a page's digest: lanes, bytes that wait for the rest of their block, how many those are, and all. */
export const DIGEST_LANES: i32 = HEADERS + 16 * 64;
export const DIGEST_WAITING: i32 = DIGEST_LANES + 64;
export const DIGEST_COUNTS: i32 = DIGEST_WAITING + 64;
/** Bytes that are digested and stand nowhere else in this memory. */
export const SCRATCH: i32 = DIGEST_COUNTS + 64;
export const SCRATCH_SIZE: i32 = 1 << 16;
/** One byte for each unit of the source. */
export const UNITS: i32 = SCRATCH + SCRATCH_SIZE;
/** Places of line ends and NUL bytes among the units of a scan. */
export const BREAKS: i32 = UNITS + WINDOW + SLACK;
/** The units of a scan without whitespace, behind what the scan before left unsearched. */
export const SQUEEZED: i32 = BREAKS + 4 * (BLOCK + SLACK);
/** For every 64 units of a scan, where they begin among the squeezed ones. */
export const SQUEEZED_STARTS: i32 = SQUEEZED + BLOCK + 2 * SLACK;
/** Finds: the place behind the fragment, and the number of the literal. */
export const FOUND_END: i32 = SQUEEZED_STARTS + 4 * (BLOCK / 64 + 2);
export const FOUND_LITERAL: i32 = FOUND_END + 4 * BLOCK;

/** Rows that one scan can yield: the shortest are lines without a header, one character between blank lines. */
export const ROWS: i32 = BLOCK / 2;
/** The columns of the record table. */
export const ROW_LINE: i32 = FOUND_LITERAL + 4 * BLOCK;
export const ROW_START: i32 = ROW_LINE + 8 * ROWS;
export const ROW_END: i32 = ROW_START + 4 * ROWS;
export const ROW_KEPT_END: i32 = ROW_END + 4 * ROWS;
export const ROW_BODY: i32 = ROW_KEPT_END + 4 * ROWS;
export const ROW_TIME: i32 = ROW_BODY + 4 * ROWS;
export const ROW_LEVEL: i32 = ROW_TIME + 4 * ROWS;
export const ROW_TRUNCATED: i32 = ROW_LEVEL + ROWS;
/** Rows of critical and error records. */
export const ERROR_ROWS: i32 = ROW_TRUNCATED + ROWS;
/** Records of each level, then: truncated ones, error rows, the first and the last row that has a time. */
export const TOTALS: i32 = ERROR_ROWS + 4 * ROWS;
/** Raw bytes of a source in UTF-16. */
export const RAW: i32 = TOTALS + 64;
/** The tables of the literal search, as long as the host needs them. */
export const TABLES: i32 = RAW + 2 * WINDOW + SLACK;
