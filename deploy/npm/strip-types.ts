import { stripTypeScriptTypes } from "node:module";

/** Where a path to one of our own modules stands: in an import, a worker's address, or a page's script. */
const ownModule = /(?<=(?:\bfrom |\bimport |\bimport\(|\bnew URL\(|\bsrc=)"[./][^"]*\.)ts(?=")/g;

/**
 * Makes JavaScript of a TypeScript source. Types become blanks and `.ts` in paths of own modules becomes `.js`, so every
 * line and column stays where it was, and a stack trace fits the source. Throws for syntax that can't be erased.
 */
export function stripTypes(source: string): string {
  return renameModules(strip(source));
}

/** Writes `.js` for `.ts` in the paths of own modules, also in JavaScript and HTML. */
export function renameModules(text: string): string {
  return text.replace(ownModule, "js");
}

/** Node marks this API as experimental, and warns of it once. */
function strip(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
