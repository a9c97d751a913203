import { randomBytes } from "node:crypto";
import { renewClientSecret } from "../../../credentials.ts";
import { html } from "../../html.ts";
import { deed, reading, section } from "../../components.ts";
import type { SettingsPage } from "../../frame/visit.ts";

/** The part *App Credentials* of Basic Information. */
export const credentials: Pick<SettingsPage, "show" | "deeds"> = {
  show: ({ app }) =>
    section(
      "App Credentials",
      html`<p>With these your app is told from others. Keep the secrets to yourself.</p>
      ${reading({ label: "App ID", value: app.id })}
      ${reading({ label: "Client ID", value: app.clientId })}
      ${reading({ label: "Client Secret", value: app.clientSecret, secret: true })}
      ${deed({ to: `/apps/${app.id}/basic-information/client-secret`, label: "Regenerate Client Secret" })}
      ${app.formerSecret && html`<p class="hint">The client secret before this one stays good for 24 hours.</p>`}
      ${reading({ label: "Signing Secret", value: app.signingSecret, secret: true })}
      ${deed({ to: `/apps/${app.id}/basic-information/signing-secret`, label: "Regenerate Signing Secret" })}
      ${reading({ label: "Verification Token", value: app.verificationToken })}`,
    ),
  deeds: {
    "client-secret"({ app, simulator }) {
      renewClientSecret(app, simulator.world.now());
      return { ok: true, told: "There is a new client secret. The one before stays good for 24 hours." };
    },
    "signing-secret"({ app }) {
      app.signingSecret = randomBytes(16).toString("hex");
      return { ok: true, told: "There is a new signing secret, and Slack signs with it from now on." };
    },
  },
};
