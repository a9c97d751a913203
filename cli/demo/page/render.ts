import type { DemoFacts } from "../demo-facts.ts";
import { html } from "./html.ts";
import { steps } from "./steps.ts";

/** The page that says what to try. It needs no script, so it works under the Console's own policy. */
export function render(facts: DemoFacts): string {
  const { consoleUrl, slackUrl, apiToken } = facts;
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Try Tocsin</title>
    <link rel="icon" href="/bell.svg">
    <link rel="stylesheet" href="/demo/try.css">
  </head>
  <body>
    <main>
      <header>
        <img src="/bell.svg" alt="" width="40" height="40">
        <h1>Try Tocsin</h1>
        <p>An alert desk, a pretended Slack, and the last seven days of ACME's security team. Six things to try, ten minutes.</p>
        <nav>
          <a href="${consoleUrl}/alerts" target="_blank">Console</a>
          <a href="${slackUrl}" target="_blank">Slack</a>
          <a href="${consoleUrl}/api/docs" target="_blank">API</a>
        </nav>
      </header>
      <ol>
        ${steps(facts).map(({ title, body }) => html`<li><h2>${title}</h2>${body}</li>`)}
      </ol>
      <footer>
        <p>An API token with every permission: <code>${apiToken}</code></p>
        <p>All of this lives in the demo's folder and is gone when the next demo starts.</p>
      </footer>
    </main>
  </body>
</html>
`.html;
}
