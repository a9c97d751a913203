import { hoursOf } from "../../../alert/boomerang.ts";
import type { Principal } from "../../../people/principal.ts";
import { readParts } from "../../../boomerang/preview.ts";
import { renderQuestion } from "../../../boomerang/draw-question.ts";
import { reach } from "../../../boomerang/recipients.ts";
import { timesOf } from "../../../triage/boomerang/times-of.ts";
import type { NewBoomerang } from "../../../boomerang/contract.ts";
import type { BoomerangPreviewBody } from "../../contract/boomerang-draft.ts";
import type { Deps } from "../../../api/deps.ts";
import { reachingSlack } from "../../setup/reaching-slack.ts";
import { askingFrom } from "./asking-from.ts";
import { unreached } from "./unreached.ts";

/** What those who are asked would see, drawn by what draws it for Slack. Whoever can't be reached is named. */
export async function previewBoomerang(
  deps: Deps,
  { actor }: Principal,
  { alertId, to, question, answers, openFor }: NewBoomerang & { alertId: string },
): Promise<BoomerangPreviewBody> {
  const { place, installation, client } = await askingFrom(deps, alertId);
  const reached = await reachingSlack(reach(client, installation, to));
  if (reached.some((one) => !one.reached)) throw unreached(reached);
  const recipients = reached.flatMap((one) => (one.reached ? [one.recipient] : []));
  const now = deps.clock();
  const { blocks } = renderQuestion({
    askId: "preview",
    kind: recipients[0]?.kind ?? "person",
    asker: actor.name,
    question,
    answers,
    timezone: place.timezone,
    until: timesOf(now, hoursOf[openFor]).expiresAt,
    now,
  });
  return { to: recipients.map(({ name }) => name), parts: readParts(blocks) };
}
