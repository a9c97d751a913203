import { compareLines, type Line } from "../../slack/manifest/compare-lines.ts";

export interface Difference {
  same: boolean;
  lines: Line[];
  /** What to do in Slack; null when nothing has changed. */
  todo: string | null;
}

interface Text {
  hash: string;
  yaml: string;
}

/** What is other in today's manifest than in the one that Slack was given, and what to do about it. */
export function tellDifference(before: Text, today: Text): Difference {
  if (before.hash === today.hash) return { same: true, lines: [], todo: null };
  const lines = compareLines(before.yaml, today.yaml);
  const paste =
    "If the app is made already: in Slack, open your app's App Manifest page, paste this one over what is there, and press Save Changes.";
  const scopes = newScopes(lines);
  const reinstall =
    scopes.length === 0
      ? ""
      : ` Scopes come in (${scopes.join(", ")}), which count once the app is installed again: Install App > Reinstall.`;
  const address = lines.some(({ kind, text }) => kind === "added" && /^\s+request_url:/.test(text))
    ? " The request URL is another: press Verify beside it under Event Subscriptions."
    : "";
  return { same: false, lines, todo: `${paste}${reinstall}${address}` };
}

/** Scopes are the only items with a colon in them, but for those that name a single word. */
function newScopes(lines: Line[]): string[] {
  const added = lines.filter(({ kind }) => kind === "added").map(({ text }) => text.trim());
  return [...new Set(added.filter((text) => /^- [a-z_.]+:[a-z.]+$/.test(text)).map((text) => text.slice(2)))];
}
