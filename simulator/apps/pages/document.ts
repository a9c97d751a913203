import { type Html, html } from "./html.ts";
import type { Visit } from "./visit.ts";

/** The people to act as: those of the first workspace, since an organisation's workspaces share their people. */
function peopleOf({ simulator }: Visit) {
  const [first] = simulator.world.workspaces.values();
  return [...(first?.users.values() ?? [])].filter(({ isBot, deleted }) => !isBot && !deleted);
}

const actingAs = (visit: Visit) => html`<form method="post" action="/apps/acting" class="acting">
  <input type="hidden" name="back" value="${visit.path}">
  <label for="acting-as">Acting as</label>
  <select id="acting-as" name="as" data-submit>
    ${peopleOf(visit).map(
      ({ name, realName, isAdmin }) =>
        html`<option value="${name}"${name === visit.user.name && html` selected`}>${realName}${isAdmin && " (admin)"}</option>`,
    )}
  </select>
  <button class="button">Switch</button>
</form>`;

/** A whole HTML page of Your Apps, with the header that selects the person to act as. */
export const page = (visit: Visit, { title, body }: { title: string; body: Html }): string =>
  html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Slack simulator</title>
    <link rel="icon" href="/page/icon.svg">
    <link rel="stylesheet" href="/apps/browser/all.css">
    <script type="module" src="/apps/browser/main.ts"></script>
  </head>
  <body class="your-apps">
    <header class="top">
      <a class="brand" href="/apps">Your Apps</a>
      <nav aria-label="Slack simulator">
        <a href="/">Workspace</a>
        ${visit.user.isAdmin && html`<a href="/apps/requests">Requests</a>`}
      </nav>
      ${actingAs(visit)}
    </header>
    ${body}
  </body>
</html>
`.markup;
