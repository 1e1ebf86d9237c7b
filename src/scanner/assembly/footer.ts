/** Footers and times of a record, as src/parsers/footer.ts and src/parsers/time.ts describe and read them. */
import { isDigit, unitAt } from './header';
import { UNITS } from './memory';

/** Index behind `DateTime=` where a line's text at `at` is that footer, 0 where it is another footer, -1 for none. */
export function readFooter(at: i32): i32 {
  const address: usize = UNITS + at;
  switch (unitAt(at)) {
    case 0x44: // DateTime=
      return load<u64>(address) === 0x656d695465746144 && load<u8>(address, 8) === 0x3d ? at + 9 : -1;
    case 0x50: // ProcessId=
      return load<u64>(address) === 0x49737365636f7250 && load<u16>(address, 8) === 0x3d64 ? 0 : -1;
    case 0x4c: // LogicalOperationStack=
      return load<u64>(address) === 0x4f6c616369676f4c &&
        load<u64>(address, 8) === 0x6e6f697461726570 &&
        load<u32>(address, 16) === 0x63617453 &&
        load<u16>(address, 20) === 0x3d6b
        ? 0
        : -1;
    case 0x54: // ThreadId=, Timestamp=
      if (load<u64>(address) === 0x6449646165726854 && load<u8>(address, 8) === 0x3d) return 0;
      return load<u64>(address) === 0x6d617473656d6954 && load<u16>(address, 8) === 0x3d70 ? 0 : -1;
    case 0x43: // Callstack=
      return load<u64>(address) === 0x636174736c6c6143 && load<u16>(address, 8) === 0x3d6b ? 0 : -1;
    default:
      return -1;
  }
}

/** Whether the units at an index can begin a time: decides cheaply, before anything is decoded. */
export function mayBeginTime(index: i32, end: i32): bool {
  const at = unitAt(index) === 0x5b ? index + 1 : index;
  if (at + 19 > end) return false;
  const separator = unitAt(at + 4);
  return (
    isDigit(unitAt(at)) &&
    isDigit(unitAt(at + 3)) &&
    (separator === 0x2d || separator === 0x2f) &&
    unitAt(at + 7) === separator &&
    isDigit(unitAt(at + 9))
  );
}
