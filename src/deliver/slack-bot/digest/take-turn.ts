import type { ClaimedLine, PostJob } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { sendElsewhere } from "../../send-elsewhere.ts";
import { alertAt } from "../card-message.ts";
import { postCard } from "../../../messages/post.ts";
import { beginStorm } from "./begin-storm.ts";
import { decideTurn } from "./decide-turn.ts";
import { postDigest } from "./digest-message.ts";

/** Posts a card, or what goes out instead of it when a storm begins. */
export async function takeTurn(deps: Deps, line: ClaimedLine, job: PostJob): Promise<void> {
  const { kind, why } = decideTurn(job, line, deps.clock());
  switch (kind) {
    case "card":
      return postCard(deps, line, job);
    case "card-then-digest":
      return postCard(deps, line, job, beginStorm(deps, line, { job, instead: "nothing", why }));
    case "digest":
      if (await isElsewhere(deps, line, job)) return;
      return postDigest(deps, line, await beginStorm(deps, line, { job, instead: "digest", why }));
    default:
      return kind satisfies never;
  }
}

/** A delivery whose destination has gone elsewhere meanwhile begins no storm here. */
async function isElsewhere(deps: Deps, line: ClaimedLine, job: PostJob): Promise<boolean> {
  const { alertId, destinationId } = job;
  const { destination } = await alertAt(deps.db, { alertId, destinationId, line: line.key });
  return sendElsewhere(deps, line, { job, destination });
}
