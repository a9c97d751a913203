import type { SlackManifestBody } from "../../../src/http/contract/slack-manifest.ts";
import css from "../../pages/slack-bot/wizard.module.css";

/** What the app asks Slack for, each with its reason. */
export function Scopes({ scopes }: { scopes: SlackManifestBody["scopes"] }) {
  return (
    <details>
      <summary>Why it asks for these {scopes.length} scopes</summary>
      <dl className={css.scopes}>
        {scopes.map(({ name, reason, cost, optional }) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {reason}
              {optional ? ` (optional: without it ${cost})` : ""}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
