import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { sourceFiles } from "../imports.ts";
import { findMutants, groups, type Mutant } from "./find-mutants.ts";

/** No decisions: tests, the schema, what is only drawn or said, and the API's description. */
const leftOut =
  /\.test\.ts$|^src\/(?:db\/(?:migrations|tables)\/|http\/docs\/|slack\/(?:manifest|text)\/|connect\/manifest\/)|\/draw-[^/]*$|(?:-text|-blocks|-mail|sentence|adaptive-card)\.ts$/;

/** Every mutant of the sources. */
export async function everyMutant(): Promise<Mutant[]> {
  const files = (await sourceFiles("src")).filter((file) => !leftOut.test(file));
  const found = files.map(async (file) => findMutants(file, await readFile(file, "utf8")));
  return (await Promise.all(found)).flat();
}

/**
 * `count` mutants, in equal shares of the groups. The seed gives each mutant its rank by its key, so an edit of one
 * file leaves the choice in the others as it was.
 */
export function chooseMutants<M extends Pick<Mutant, "key" | "group">>(
  all: readonly M[],
  { seed, count }: { seed: string; count: number },
): M[] {
  const rank = ({ key }: M) => createHash("sha256").update(`${seed} ${key}`).digest("hex");
  const ranked = all
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const queues = groups.map((group) => ranked.filter(({ mutant }) => mutant.group === group));
  const chosen: M[] = [];
  for (let round = 0; chosen.length < Math.min(count, all.length); round++)
    chosen.push(...queues.flatMap((queue) => queue[round]?.mutant ?? []));
  return chosen.slice(0, count);
}
