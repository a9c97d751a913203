import type { Reached } from "../../../triage/boomerang/recipient.ts";
import { unreachedSentence } from "../../../triage/boomerang/unreached-sentence.ts";
import { problem } from "../../problem.ts";

/** Names each of those who can't be asked, at their place in `to`. */
export function unreached(reached: readonly Reached[]) {
  const errors = reached.flatMap((one, index) =>
    one.reached ? [] : [{ field: `to.${index}`, detail: unreachedSentence(one) }],
  );
  return problem(400, errors.map(({ detail }) => detail).join(" "), { errors });
}
