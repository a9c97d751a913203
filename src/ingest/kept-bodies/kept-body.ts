import type { BodyOutcome } from "../../alert/report.ts";
import type { IngestResult } from "../contract.ts";

/** What became of a body as a whole. */
export function bodyOutcome(outcomes: string): BodyOutcome {
  if (/^x*$/.test(outcomes)) return "refused";
  return /^t*$/.test(outcomes) ? "taken" : "partly";
}

/** One letter for each report: `t` taken, `w` taken with a warning, `x` refused. */
export function outcomeLetters(results: readonly IngestResult[]): string {
  return results.map(letterOf).join("");
}

function letterOf({ outcome, warnings = [] }: IngestResult): string {
  if (outcome === "invalid") return "x";
  return warnings.length > 0 ? "w" : "t";
}

const keptResults = 100;
const keptWarnings = 20;
const longestText = 300;

/** At most a hundred results, those that went wrong before the others, in the order of the reports. */
export function resultsToKeep(results: readonly IngestResult[]): IngestResult[] {
  const wrong = results.filter((result) => letterOf(result) !== "t");
  const right = results.filter((result) => letterOf(result) === "t");
  return [...wrong, ...right]
    .slice(0, keptResults)
    .sort((a, b) => a.index - b.index)
    .map(shorten);
}

function shorten({ warnings, ...result }: IngestResult): IngestResult {
  return {
    ...result,
    ...(result.field !== undefined && { field: cut(result.field) }),
    ...(result.expected !== undefined && { expected: cut(result.expected) }),
    ...(warnings && {
      warnings: warnings
        .slice(0, keptWarnings)
        .map((warning) => ({ ...warning, field: cut(warning.field), expected: cut(warning.expected) })),
    }),
  };
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/**
 * Which reports of a body a replay takes, by their position now: those that were refused. The body may now be read as
 * another number of reports, in the place of those refused; null if reports that were taken lie between them, because
 * then nobody can say which ones are which.
 */
export function reportsToTake(outcomes: string, now: number): number[] | null {
  const positions = Array.from({ length: now }, (_, index) => index);
  if (outcomes === "") return positions;
  if (now === outcomes.length) return positions.filter((index) => outcomes[index] === "x");
  const [first, last] = [outcomes.indexOf("x"), outcomes.lastIndexOf("x")];
  if (first === -1) return [];
  const after = outcomes.length - 1 - last;
  const between = outcomes.slice(first, last + 1);
  if (/[^x]/.test(between) || now < first + after) return null;
  return positions.slice(first, now - after);
}

/** What became of a body's reports so far, and now that some of its `now` reports were tried again. */
export function afterReplay(
  before: { outcomes: string; results: readonly IngestResult[] },
  now: number,
  tried: readonly IngestResult[],
): { outcomes: string; results: IngestResult[] } {
  const moved = now - before.outcomes.length;
  const last = before.outcomes.lastIndexOf("x");
  const kept = before.results.map((result) =>
    result.index > last ? { ...result, index: result.index + moved } : result,
  );
  const known = new Map(kept.map((result) => [result.index, result]));
  const letters = Array.from(
    { length: now },
    (_, index) => before.outcomes[index > last + moved ? index - moved : index],
  );
  for (const result of tried) {
    known.set(result.index, result);
    letters[result.index] = letterOf(result);
  }
  const results = [...known.values()].filter(({ index }) => index < now).sort((a, b) => a.index - b.index);
  return { outcomes: letters.join(""), results: resultsToKeep(results) };
}
