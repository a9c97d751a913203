import { verifyUrl } from "../../../callbacks/send-event.ts";
import { actionForm, checkbox, field, section, textArea } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, type Outcome, read, type SettingsPage } from "../visit.ts";
import { saveEdit } from "./save-manifest.ts";

const challengeFailed = "Your URL didn't respond with the value of the challenge parameter.";

function save(visit: AppVisit, form: FormData, notice?: string): Outcome {
  const events = form.has("enabled")
    ? { request_url: read(form, "url"), bot_events: read(form, "events")?.split(/\s+/) ?? [] }
    : undefined;
  return saveEdit(visit, { events }, notice);
}

async function verify(visit: AppVisit, form: FormData): Promise<Outcome> {
  const saved = save(visit, form, "Your request URL is verified.");
  if (!saved.ok) return saved;
  if (await verifyUrl(visit.simulator, visit.app)) return saved;
  return { ok: false, errors: [{ message: challengeFailed, pointer: "" }] };
}

const verification = ({ app: { isVerified, settings } }: AppVisit) =>
  isVerified
    ? html`<p class="state good">Verified</p>`
    : settings.requestUrl !== undefined &&
      html`<p class="state">Not verified. No events are sent until you press Verify.</p>`;

/** The app's event subscriptions and their request URL, which gets no events until it is verified. */
export const eventSubscriptions: SettingsPage = {
  path: "event-subscriptions",
  title: "Event Subscriptions",
  show: (visit) => {
    const { app } = visit;
    const { settings } = app;
    const isOn = app.manifest.settings?.event_subscriptions !== undefined;
    return html`<form method="post" action="/apps/${app.id}/event-subscriptions/save">
      ${section(
        "Enable Events",
        checkbox({ name: "enabled", label: "Enable Events", on: isOn }),
        settings.socketMode
          ? html`<p>Socket Mode is enabled. You won't need a Request URL.</p>
            <input type="hidden" name="url" value="${settings.requestUrl ?? ""}">`
          : html`${field({ name: "url", label: "Request URL", value: settings.requestUrl ?? "", hint: "Slack sends a challenge to this URL, and your app must return it." })}
            ${verification(visit)}
            <button class="button" formaction="/apps/${app.id}/event-subscriptions/verify">Verify</button>`,
      )}
      ${section(
        "Subscribe to bot events",
        textArea({
          name: "events",
          label: "Bot events",
          value: [...settings.events].join("\n"),
          hint: "One per line. Some events need a scope.",
        }),
      )}
      <button class="button primary">Save Changes</button>
    </form>`;
  },
  actions: { save: (visit, form) => save(visit, form), verify },
};

/** The settings of Socket Mode, in which the app connects to Slack instead of being called at a URL. */
export const socketMode: SettingsPage = {
  path: "socket-mode",
  title: "Socket Mode",
  show: ({ app }) =>
    section(
      "Connect using Socket Mode",
      html`<p>In Socket Mode your app needs no public URL, but an <a href="/apps/${app.id}">app-level token</a> with <code>connections:write</code>.</p>`,
      actionForm(
        { to: `/apps/${app.id}/socket-mode/save`, label: "Save Changes", variant: "primary" },
        checkbox({ name: "enabled", label: "Enable Socket Mode", on: app.settings.socketMode }),
      ),
    ),
  actions: { save: (visit, form) => saveEdit(visit, { socketMode: form.has("enabled") }) },
};
