import type { App } from "../../workspace/app.ts";
import { mayInstall } from "../install-app.ts";
import { textArea } from "./components.ts";
import { page } from "./document.ts";
import { type Html, html } from "./html.ts";
import type { Visit } from "./visit.ts";

type AuthorizeRequest = {
  app: App;
  /** Where the app may be installed; the first one is preselected. */
  targets: readonly { id: string; name: string }[];
  scopes: readonly string[];
};

const scopeLine = ({ app }: AuthorizeRequest, scope: string) =>
  app.settings.optionalScopes.includes(scope)
    ? html`<li class="tick"><input type="checkbox" name="optional" id="scope-${scope}" value="${scope}" checked>
        <label for="scope-${scope}">${scopeText(scope)} <code>${scope}</code> <small>optional</small></label></li>`
    : html`<li>${scopeText(scope)} <code>${scope}</code></li>`;

const targetSelect = ({ targets }: AuthorizeRequest) =>
  targets.length > 1
    ? html`<div class="input-block"><label for="target">Install to</label>
        <select class="input" id="target" name="target">${targets.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></div>`
    : html`<input type="hidden" name="target" value="${targets[0]?.id ?? ""}">`;

const frame = (visit: Visit, title: string, body: Html) =>
  page(visit, {
    title,
    body: html`<main class="allow"><section class="card"><h1>${title}</h1>${body}</section></main>`,
  });

const scopeList = (asked: AuthorizeRequest) => html`<h2>What will ${asked.app.name} be able to do?</h2>
  <ul class="scopes">${asked.scopes.map((scope) => scopeLine(asked, scope))}</ul>`;

/** The page on which a person allows an app its scopes or, if they are not an admin, requests the approval. */
export function allowPage(visit: Visit, asked: AuthorizeRequest): string {
  const { app, targets } = asked;
  const [first] = targets;
  const targetName = targets.length === 1 ? first?.name : "a workspace";
  const isAllowed = targets.some(({ id }) => mayInstall(app, visit.user, id));
  if (isAllowed)
    return frame(
      visit,
      `${app.name} is requesting permission to access ${targetName}`,
      html`<form method="post" action="${visit.path}">${targetSelect(asked)}${scopeList(asked)}
        <div class="row-of-buttons"><button class="button" name="go" value="cancel">Cancel</button>
        <button class="button primary" name="go" value="allow">Allow</button></div></form>`,
    );
  return frame(
    visit,
    `Request to install ${app.name}`,
    html`<p>${targetName} requires an admin's approval to install apps.</p>
      <form method="post" action="${visit.path}">${targetSelect(asked)}${scopeList(asked)}
      ${textArea({ name: "message", label: "Add a message for your admins (optional)", value: "", rows: 3 })}
      <div class="row-of-buttons"><button class="button" name="go" value="cancel">Cancel</button>
      <button class="button primary" name="go" value="request">Submit Request</button></div></form>`,
  );
}

/** The confirmation after a request for approval. */
export const requestedPage = (visit: Visit, { app }: Pick<AuthorizeRequest, "app">): string =>
  frame(
    visit,
    "Request Submitted",
    html`<p>The admins were asked to approve ${app.name}. You will see their decision in Slack.</p>
      <p><a href="/apps/${app.id}">Return to ${app.name}</a></p>`,
  );

/** The page that says why Slack refuses an authorize link. */
export const refusedPage = (visit: Visit, reason: string): string =>
  frame(visit, "Something went wrong when authorizing this app.", html`<p role="alert">${reason}</p>`);

const scopeTexts: Record<string, string> = {
  "app_mentions:read": "View messages that directly mention it in conversations that it is in",
  "channels:history": "View messages and other content in public channels that it has been added to",
  "channels:join": "Join public channels in a workspace",
  "channels:read": "View basic information about public channels in a workspace",
  "chat:write": "Send messages as itself",
  "chat:write.public": "Send messages to channels it isn't a member of",
  commands: "Add shortcuts and/or slash commands that people can use",
  "groups:history": "View messages and other content in private channels that it has been added to",
  "groups:read": "View basic information about private channels that it has been added to",
  "im:history": "View messages and other content in direct messages that it has been added to",
  "im:write": "Start direct messages with people",
  "metadata.message:read": "Read metadata in channels that it has been added to",
  "team:read": "View the name, email domain, and icon for workspaces it is connected to",
  "users:read": "View people in a workspace",
  "users:read.email": "View email addresses of people in a workspace",
};

/** The description of a scope, or its name if there is none. */
const scopeText = (scope: string): string => scopeTexts[scope] ?? scope;
