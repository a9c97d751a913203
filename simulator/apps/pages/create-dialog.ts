import { readManifest } from "../manifest/read-manifest.ts";
import type { Manifest, ManifestError } from "../manifest/schema/manifest.ts";
import { errorList, textArea } from "./components.ts";
import type { Draft } from "./create-steps.ts";
import { type Html, html } from "./html.ts";
import type { Visit } from "./visit.ts";

const choose = html`<p>Choose how you'd like to configure your app's scopes and settings.</p>
  <button class="choice-button" name="go" value="next"><strong>From an app manifest</strong>
    <span>Use a manifest file to add your app's basic info, scopes, settings and features.</span></button>`;

const workspace = ({ simulator }: Visit, { team }: Draft) => html`
  <p>Keep in mind that you can't change this app's workspace later.</p>
  <div class="input-block"><label for="team">Pick a workspace to develop your app</label>
  <select class="input" id="team" name="team">${[...simulator.world.workspaces.values()].map(
    (one) =>
      html`<option value="${one.team.id}"${one.team.id === team && html` selected`}>${one.team.name}</option>`,
  )}</select></div>`;

const tab = (format: Draft["format"], { format: current }: Draft) =>
  html`<button name="go" value="${format}" role="tab" aria-selected="${String(format === current)}">${format.toUpperCase()}</button>`;

const manifest = (draft: Draft) => html`
  <div class="tabs" role="tablist" aria-label="Format">${tab("yaml", draft)}${tab("json", draft)}</div>
  ${textArea({ name: "text", label: "App manifest", value: draft.text, rows: 16 })}`;

const listOf = (heading: string, entries: readonly string[]) => html`<h3>${heading}</h3>
  ${entries.length === 0 ? html`<p class="hint">None</p>` : html`<ul>${entries.map((entry) => html`<li>${entry}</li>`)}</ul>`}`;

function summary({ features, oauth_config, settings, display_information: { name } }: Manifest): Html {
  const { bot = [], bot_optional = [] } = oauth_config?.scopes ?? {};
  const { event_subscriptions: events, interactivity } = settings ?? {};
  return html`<p><strong>${name}</strong>. You can change all of this later.</p>
    ${listOf(
      "OAuth: Bot Scopes",
      bot.map((scope) => (bot_optional.includes(scope) ? `${scope} (optional)` : scope)),
    )}
    ${listOf("Features", [
      ...(features?.bot_user ? [`Bot user ${features.bot_user.display_name}`] : []),
      ...(features?.app_home?.home_tab_enabled ? ["App Home"] : []),
      ...(features?.slash_commands ?? []).map(({ command }) => `Slash command ${command}`),
      ...(features?.shortcuts ?? []).map((shortcut) => `Shortcut ${shortcut.name}`),
    ])}
    ${listOf("Settings", [
      ...(settings?.socket_mode_enabled ? ["Socket Mode"] : []),
      ...(events?.request_url ? [`Events: ${events.request_url}`] : []),
      ...(interactivity?.request_url ? [`Interactivity: ${interactivity.request_url}`] : []),
      ...(settings?.org_deploy_enabled ? ["Org Level Apps"] : []),
    ])}
    ${listOf("Bot events", events?.bot_events ?? [])}`;
}

function review({ text, format }: Draft): Html {
  const checked = readManifest(text, format);
  return checked.ok ? summary(checked.manifest) : html`${errorList(checked.errors)}`;
}

const titles = {
  choose: "Create an app",
  workspace: "Pick a workspace",
  manifest: "Create app from manifest",
  review: "Review summary & create your app",
} as const;

function bodyOf(visit: Visit, draft: Draft): Html {
  switch (draft.step) {
    case "choose":
      return choose;
    case "workspace":
      return workspace(visit, draft);
    case "manifest":
      return manifest(draft);
    case "review":
      return review(draft);
    default:
      throw new Error("Unknown step of the dialog", { cause: draft.step satisfies never });
  }
}

/** Hidden inputs that carry the draft's values from step to step. */
const hiddenInputs = (draft: Draft) => html`<input type="hidden" name="step" value="${draft.step}">
  <input type="hidden" name="format" value="${draft.format}">
  ${draft.step !== "workspace" && html`<input type="hidden" name="team" value="${draft.team}">`}
  ${
    draft.step !== "manifest" &&
    html`<textarea name="text" hidden aria-hidden="true">
${draft.text}</textarea>`
  }`;

const forwardButton = ({ step }: Draft) =>
  step === "review"
    ? html`<button class="button primary" name="go" value="create">Create</button>`
    : step !== "choose" && html`<button class="button primary" name="go" value="next">Next</button>`;

/** The dialog *Create New App* at its current step. */
export const dialog = (visit: Visit, draft: Draft, errors: readonly ManifestError[]): Html => html`
  <dialog class="modal" open aria-labelledby="dialog-title"><form method="post" action="/apps/new">
    <div class="modal-head"><h2 id="dialog-title">${titles[draft.step]}</h2></div>
    <div class="modal-body">${errorList(errors)}${hiddenInputs(draft)}${bodyOf(visit, draft)}</div>
    <div class="modal-foot">
      <button class="button" name="go" value="cancel">Cancel</button>
      ${draft.step !== "choose" && html`<button class="button" name="go" value="back">Back</button>`}
      ${forwardButton(draft)}
    </div>
  </form></dialog>`;
