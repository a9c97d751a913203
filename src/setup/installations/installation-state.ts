import { costOf } from "../../slack/scopes.ts";
import { needsAttention, type SetupState } from "../needs-attention.ts";

/** How an installation stands: with Slack's last refusal of its token, else with the scopes that it lacks. */
export function installationState({
  fault,
  missing,
}: {
  fault: string | null;
  missing: string[];
}): SetupState {
  if (fault) return needsAttention(fault);
  if (missing.length === 0) return { kind: "ok" };
  return {
    kind: "needs_attention",
    fault: "missing_scope",
    remedy: `The app was not granted ${missing.map(withCost).join("; ")}. In Slack, add what is missing under OAuth & Permissions > Bot Token Scopes, or paste today's manifest, install the app again, and save here once more.`,
  };
}

function withCost(scope: string): string {
  const cost = costOf(scope);
  return cost ? `${scope} (without it ${cost})` : scope;
}
