import type { SlackChecked } from "../../../src/http/contract/slack-check.ts";
import css from "../../pages/slack-bot/wizard.module.css";

type Verdict = NonNullable<SlackChecked["fields"]["channel"]>;

const tones = {
  ok: "good",
  confirm: "warn",
  warning: "warn",
  wrong: "bad",
  unknown: "warn",
} as const satisfies Record<Verdict["state"], string>;

/** What Slack says of a value, while the form is still being filled in. */
export function Verdict({ verdict }: { verdict: Verdict | undefined }) {
  if (!verdict) return null;
  return (
    <p className={css.verdict} data-tone={tones[verdict.state]} role="status">
      {verdict.sentence} {verdict.remedy}
    </p>
  );
}
