/**
 * What people read of a signature, text by text, each under a name that says where it stands (`fixes.restart.steps.0`).
 * An overlay gives some of them in another language. Patterns, commands, versions and references are the same in all.
 */
import { createHash } from 'node:crypto';
import type { Signature } from '../../model.js';

/** Texts in another language by name, and which English ones they were made for. */
export interface Overlay {
  /** Digest of the English texts; absent where the file does not tell, and then nothing of it is shown. */
  of?: string | undefined;
  texts: Record<string, string>;
}

/** All texts of a signature that can be translated, by name, in the order of its file. */
export function textsOf(signature: Signature): Map<string, string> {
  const texts = new Map([
    ['title', signature.title],
    ['cause', signature.cause],
  ]);
  for (const [name, text] of Object.entries(signature.entities)) texts.set(`entities.${name}`, text);
  for (const fix of signature.fixes) {
    texts.set(`fixes.${fix.id}.title`, fix.title);
    for (const [index, { text }] of fix.steps.entries()) texts.set(`fixes.${fix.id}.steps.${index}`, text);
  }
  texts.set('versionUnknown', signature.versionUnknown);
  for (const [index, text] of signature.falsePositives.entries()) texts.set(`falsePositives.${index}`, text);
  if (signature.question) texts.set('question.text', signature.question.text);
  for (const [index, { found }] of (signature.state ?? []).entries()) texts.set(`found.${index}`, found);
  const notes = (signature.resolvedBy ?? []).flatMap(({ note }) => note ?? []);
  for (const [index, note] of notes.entries()) texts.set(`resolvedBy.${index}`, note);
  return texts;
}

/** Digest of the English texts that an overlay has a translation for: it changes with any of them. */
export function digestOfTranslated(signature: Signature, { texts }: Overlay): string {
  const hash = createHash('sha256');
  for (const [name, english] of textsOf(signature)) {
    if (!(name in texts)) continue;
    // How the lines of a file are broken says nothing.
    hash.update(`${name}\0${english.replace(/\s+/g, ' ').trim()}\0`);
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * A signature with the texts of an overlay; what it lacks stays English. All stays so where an English text has changed
 * since: what is right comes before what is in one's language.
 */
export function withOverlay<S extends Signature>(signature: S, overlay: Overlay): S {
  if (overlay.of !== digestOfTranslated(signature, overlay)) return signature;
  const read = (name: string, english: string) => overlay.texts[name] ?? english;
  const localised: S = {
    ...signature,
    title: read('title', signature.title),
    cause: read('cause', signature.cause),
    entities: Object.fromEntries(
      Object.entries(signature.entities).map(([name, text]) => [name, read(`entities.${name}`, text)]),
    ),
    fixes: signature.fixes.map((fix) => ({
      ...fix,
      title: read(`fixes.${fix.id}.title`, fix.title),
      steps: fix.steps.map((step, index) => ({ ...step, text: read(`fixes.${fix.id}.steps.${index}`, step.text) })),
    })),
    versionUnknown: read('versionUnknown', signature.versionUnknown),
    falsePositives: signature.falsePositives.map((text, index) => read(`falsePositives.${index}`, text)),
  };
  if (signature.question)
    localised.question = { ...signature.question, text: read('question.text', signature.question.text) };
  // What a rule finds is stored, and a store has one language: the sentence is put into words when it is shown.
  if (signature.state)
    localised.state = signature.state.map((rule, index) => ({ ...rule, shownAs: read(`found.${index}`, rule.found) }));
  if (signature.resolvedBy) {
    let place = 0;
    localised.resolvedBy = signature.resolvedBy.map((alternative) =>
      alternative.note === undefined
        ? alternative
        : { ...alternative, note: read(`resolvedBy.${place++}`, alternative.note) },
    );
  }
  return localised;
}
