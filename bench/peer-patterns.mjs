/**
 * The patterns of the signature pack in the syntax of other programs, so that all search for the same.
 *
 * An alternative of a signature is a conjunction, and a line search has none: of each alternative the condition is taken
 * from which the pack takes its literals too, in every language it has. Patterns of the pack run on text without
 * whitespace; for the others, whitespace between two words of the pattern becomes one blank, any other whitespace of its
 * layout a blank that may be there. Names of groups go. What a syntax lacks goes as well: looking ahead and behind (only
 * Perl has it), and in extended expressions the laziness of quantifiers; there, ignored case becomes `[xX]`.
 */
import { readFileSync } from 'node:fs';
import { RegExpParser } from '@eslint-community/regexpp';
import { signatureLiterals } from '../dist/detectors/literals.js';
import { compilePattern, conditionPatterns, expandBlocks } from '../dist/detectors/patterns.js';

/** Stands for whitespace of the pattern while the rest is parsed. */
const GAP = 0xe000;

/** `ere` is for grep in the C locale, where a character beyond ASCII is several. */
const DIALECTS = ['ere', 'rust', 'perl'];

/** For each dialect, the patterns of the pack in a file. */
export function peerPatterns(packFile) {
  const { blocks, signatures } = JSON.parse(readFileSync(packFile, 'utf8'));
  const regexes = signatures
    .filter(({ detection }) => detection === 'text')
    .flatMap((signature) => signature.match.map(({ all }) => telling(all, signature.literals, blocks)))
    .flatMap((condition) => regexesOf(condition, blocks));
  const trees = regexes.map((regex) => ({
    tree: new RegExpParser({ ecmaVersion: 2025 }).parseLiteral(`/${regex.source}/`),
    ignoreCase: regex.ignoreCase,
  }));
  return Object.fromEntries(
    DIALECTS.map((dialect) => [
      dialect,
      [...new Set(trees.map(({ tree, ignoreCase }) => printPattern(tree.pattern, dialect, ignoreCase)))],
    ]),
  );
}

/** The condition of an alternative whose literals the pack searches for. */
function telling(conditions, literals, blocks) {
  const found = conditions.find((condition) => {
    const own = signatureLiterals([{ all: [condition] }], blocks);
    return own.length > 0 && own.every((literal) => literals.includes(literal));
  });
  if (!found) throw new Error(`no condition has the literals ${literals.join(', ')}`);
  return found;
}

function regexesOf(condition, blocks) {
  const gap = `\\u${GAP.toString(16)}`;
  if (!('text' in condition))
    return conditionPatterns(condition, blocks).map(
      // PowerShell writes it with blanks around the colon.
      ({ regex }) => new RegExp(regex.source.replace(/^(FullyQualifiedErrorId):/, `$1${gap}:${gap}`), regex.flags),
    );
  const texts = typeof condition.text === 'string' ? [condition.text] : Object.values(condition.text);
  return texts.map((text) => {
    const [, flag, rest] = /^(\(\?i\))?\s*([\s\S]*?)\s*$/.exec(expandBlocks(text, blocks));
    const { source, flags } = compilePattern(`${flag ?? ''}${rest.replace(/\s+/g, gap)}`, {});
    return new RegExp(source, flags);
  });
}

function printPattern(pattern, dialect, ignoreCase) {
  const text = printAlternatives(pattern.alternatives, { dialect, ignoreCase });
  if (ignoreCase && dialect !== 'ere') return `(?i:${text})`;
  return pattern.alternatives.length > 1 ? group(text, dialect) : text;
}

function group(text, dialect) {
  return dialect === 'ere' ? `(${text})` : `(?:${text})`;
}

function printAlternatives(alternatives, context) {
  return alternatives.map(({ elements }) => printSequence(elements, context)).join('|');
}

function printSequence(elements, context) {
  return elements
    .map((element, index) => {
      if (element.value !== GAP) return print(element, context);
      const [before, behind] = [elements[index - 1], elements[index + 1]];
      if (!before || !behind) return '';
      return isWord(before) && isWord(behind) ? ' ' : ' ?';
    })
    .join('');
}

function isWord(element) {
  return element.type === 'Character' && /[\p{L}\p{N}]/u.test(String.fromCodePoint(element.value));
}

function print(node, context) {
  const { dialect } = context;
  switch (node.type) {
    case 'Character':
      return printCharacter(node.value, context);
    case 'CharacterSet':
      if (node.kind === 'any') return '.';
      return node.raw;
    case 'CharacterClass':
      return printClass(node, context);
    case 'Group':
    case 'CapturingGroup':
      return group(printAlternatives(node.alternatives, context), dialect);
    case 'Quantifier': {
      const inner = print(node.element, context);
      // A character beyond ASCII is several bytes: the quantifier is for all of them.
      const whole = Buffer.byteLength(inner) > inner.length && !/[)\]]$/.test(inner) ? group(inner, dialect) : inner;
      return whole + printTimes(node) + (node.greedy || dialect === 'ere' ? '' : '?');
    }
    case 'Assertion':
      if (node.kind === 'start' || node.kind === 'end') return node.raw;
      if (dialect !== 'perl') return '';
      return `(?${node.kind === 'lookbehind' ? '<' : ''}${node.negate ? '!' : '='}${printAlternatives(node.alternatives, context)})`;
    default:
      throw new Error(`a pattern holds what no peer is given: ${node.raw}`);
  }
}

function printTimes({ min, max }) {
  if (min === 0 && max === 1) return '?';
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function printCharacter(value, { dialect, ignoreCase }) {
  const text = String.fromCodePoint(value);
  if (ignoreCase && dialect === 'ere' && /[A-Za-z]/.test(text)) return `[${text.toLowerCase()}${text.toUpperCase()}]`;
  return /[\\^$.*+?()[\]{}|]/.test(text) ? `\\${text}` : text;
}

/** A class. In the C locale characters beyond ASCII cannot be in one, so they stand beside it. */
function printClass({ negate, elements }, { dialect, ignoreCase }) {
  const members = elements.map((element) => {
    if (element.type === 'Character') return [element.value, element.value];
    if (element.type === 'CharacterClassRange') return [element.min.value, element.max.value];
    throw new Error(`a class holds what no peer is given: ${element.raw}`);
  });
  if (dialect !== 'ere') return `[${negate ? '^' : ''}${members.map(([min, max]) => range(min, max, '\\')).join('')}]`;
  const ascii = members.filter(([, max]) => max < 0x80);
  const cased = ascii.flatMap(([min, max]) => {
    const upper = [min - 32, max - 32];
    const lower = [min + 32, max + 32];
    if (ignoreCase && min >= 0x61 && max <= 0x7a) return [[min, max], upper];
    return ignoreCase && min >= 0x41 && max <= 0x5a ? [[min, max], lower] : [[min, max]];
  });
  // There the place tells what a character means: a bracket comes first, a hyphen last.
  const order = ([value]) => (value === 0x5d ? 0 : value === 0x2d ? 2 : 1);
  const inner = [...cased].sort((left, right) => order(left) - order(right)).map(([min, max]) => range(min, max, ''));
  const set = inner.length === 0 ? '' : `[${negate ? '^' : ''}${inner.join('')}]`;
  const others = members.filter(([, max]) => max >= 0x80).map(([min]) => String.fromCodePoint(min));
  return negate || others.length === 0 ? set : `(${[set, ...others].filter((part) => part !== '').join('|')})`;
}

function range(min, max, escapeSign) {
  const one = (value) => {
    const text = String.fromCodePoint(value);
    return escapeSign !== '' && /[\\\]^[&~-]/.test(text) ? escapeSign + text : text;
  };
  return min === max ? one(min) : `${one(min)}-${one(max)}`;
}
