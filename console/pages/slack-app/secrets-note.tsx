import type { SlackAppBody } from "../../../src/connect/contract.ts";
import css from "./slack-app.module.css";

/** In place of the fields for secrets: why they are missing, what works without them, and whom to ask. */
export function SecretsNote({ app, possible }: { app: SlackAppBody; possible: string }) {
  const names = new Intl.ListFormat("en", { type: "disjunction" }).format(app.secretsBy);
  return (
    <div className={css.note} role="note">
      <p>
        <strong>Secrets need the permission Manage Users, too.</strong> Who holds them can act as anybody in
        Slack. {possible}
      </p>
      <p>To change them, ask {names || "an administrator"}.</p>
    </div>
  );
}
