/**
 * The release number of .NET Framework 4 in a registry export (`"Release"=dword:0006040e`), an answer of `reg query`
 * (`Release    REG_DWORD    0x6040e`) and the listing of the key that Get-ChildItem prints (`Release       : 394254`).
 */
import type { TextLine } from '../text-line.js';
import { type Found, found, type OutputReader } from './found.js';

const KEY = /^\s{0,4}\[?-?(?:(?:Hive|Registry|[^\s:]{1,30}): )?(?:HKEY_LOCAL_MACHINE|HKLM:?)\\(.{1,400}?)\]?\s*$/i;
const FULL = /\\NET Framework Setup\\NDP\\v4\\Full$/i;
const HIVE = /\\NET Framework Setup\\NDP\\v4(?:\\Full)?$/i;
const EXPORTED = /^\s{0,4}"Release"\s?=\s?dword:([0-9A-Fa-f]{1,8})\s*$/i;
const QUERIED = /^\s{1,8}Release\s{1,20}REG_DWORD\s{1,20}(?:0x([0-9A-Fa-f]{1,8})|(\d{6}))\s*$/i;
const LISTED = /^\s{8,60}Release {1,30}: (\d{6})\s*$/;
const LISTED_KEY = /^(\w{1,60}) {2,60}\w{1,40} {1,30}: /;

export class RegistryReader implements OutputReader {
  #isFull = false;
  /** Below the `Hive:` line of Get-ChildItem, whose rows are keys. */
  #isHive = false;

  push(line: TextLine): Found[] {
    const { text } = line;
    if (text.length > 600) return [];
    const key = KEY.exec(text)?.[1];
    if (key !== undefined) {
      this.#isFull = FULL.test(key);
      this.#isHive = HIVE.test(key) && /^\s{0,4}[^\s:[\\]{1,30}: /.test(text);
      return [];
    }
    if (this.#isHive) this.#isFull = LISTED_KEY.exec(text)?.[1] === undefined ? this.#isFull : /^Full /.test(text);
    if (!this.#isFull) return [];
    const hexadecimal = EXPORTED.exec(text)?.[1] ?? QUERIED.exec(text)?.[1];
    const decimal = QUERIED.exec(text)?.[2] ?? (this.#isHive ? LISTED.exec(text)?.[1] : undefined);
    const release = hexadecimal === undefined ? decimal : String(Number.parseInt(hexadecimal, 16));
    return release === undefined ? [] : [found('dotnet', { release }, [line])];
  }

  end(): Found[] {
    this.#isFull = false;
    this.#isHive = false;
    return [];
  }
}
