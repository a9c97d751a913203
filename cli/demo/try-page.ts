import { readFileSync } from "node:fs";
import type { App } from "../../src/api/deps.ts";
import type { DemoFacts } from "./demo-facts.ts";

/** The page `/demo`, which lists things to try. */
interface TryPage {
  addTo(app: App): void;
  /** Fills in the page. Requests wait until then. */
  show(facts: DemoFacts): void;
}

const style = readFileSync(new URL("try.css", import.meta.url), "utf8");
const hide = { schema: { hide: true } };

/** Exists only in the demo, because it shows keys and passwords. */
export function tryPage(): TryPage {
  const { promise, resolve } = Promise.withResolvers<DemoFacts>();
  return {
    addTo(app) {
      app.get("/demo", hide, async (_request, reply) => reply.type("text/html").send(render(await promise)));
      app.get("/demo/try.css", hide, async (_request, reply) => reply.type("text/css").send(style));
    },
    show: resolve,
  };
}

/** The page as HTML without scripts, which the Console's content security policy would block. */
function render(facts: DemoFacts): string {
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
        <p>An alert desk, a simulated Slack, and the last seven days of ACME's security team, to try in ten minutes.</p>
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
        <p>The demo keeps its data in its own folder and deletes it when the next demo starts.</p>
      </footer>
    </main>
  </body>
</html>
`.html;
}

/** A thing to try. */
interface Step {
  title: string;
  body: Html;
}

/** The id of #security in the simulator, which its page has in addresses. */
const security = "C0SECURITY1";

/** The things to try, in order. */
function steps({ consoleUrl, slackUrl, sources: { native }, users }: DemoFacts): Step[] {
  const slack = (who: string) =>
    html`<a href="${slackUrl}#/${who.toLowerCase()}/${security}" target="_blank">#security as ${who}</a>`;
  const alerts = html`<a href="${consoleUrl}/alerts" target="_blank">Console</a>`;
  return [
    {
      title: "Send a report",
      body: html`<p>Any tool that can send JSON can be a source. Paste this into a terminal:</p>
        ${command(report(native, "Root shell on db-1"))}
        <p>Tocsin answers with the alert's number once the alert is on disk. Send the report again: it joins the alert as its second event.</p>`,
    },
    {
      title: "Find its card in Slack",
      body: html`<p>Open ${slack("Ada")}. This is a simulator that checks what Tocsin sends by Slack's rules.
        Assign the alert to somebody, open <b>Show alert details</b> under ⋯, and watch the card change for everybody.</p>`,
    },
    {
      title: "Resolve it with a comment",
      body: html`<p>Choose <b>Resolved</b> under <b>Status</b> on the card, and enter what you found. The card shrinks to one line, and its thread says who did what.</p>`,
    },
    {
      title: "Read its history in the Console",
      body: html`<p>Open the ${alerts} and sign in. What you did in Slack is already there. Change something, and the card in Slack follows.</p>
        <dl>${users.map(({ email, password }) => html`<div><dt>${email}</dt><dd><code>${password}</code></dd></div>`)}</dl>`,
    },
    {
      title: "Ask what the week was like",
      body: html`<p>The <a href="${consoleUrl}/overview" target="_blank">Overview</a> says which detections are noisiest, how often they were wrong, and how long people took. Every number opens the alerts behind it.</p>`,
    },
    {
      title: "Silence what is noise",
      body: html`<p>A <a href="${consoleUrl}/configure/silences" target="_blank">silence</a> keeps today's scanner away from everybody; see the alert that it covers. Choose <b>Snooze like this…</b> under ⋯ on a card for another one: a preview says what it would have covered.</p>`,
    },
    {
      title: "Find out who did what",
      body: html`<p>The <a href="${consoleUrl}/configure/audit-log" target="_blank">audit log</a> has every step as a sentence, yours in Slack too. Filter it, export it, and check with <code>tocsin audit verify</code> that nobody changed it.</p>`,
    },
    {
      title: "Try it without permission",
      body: html`<p>Open ${slack("Mallory")} and change a status there. Mallory has no Tocsin user, so nothing changes, and only she sees the reason.</p>`,
    },
    {
      title: "Remove the bot from its channel",
      body: html`<p>In ${slack("Grace")} write <code>/remove @Tocsin</code>, then send another report:</p>
        ${command(report(native, "Audit log switched off on db-1"))}
        <p>The alert is held, and <b>Alert Destinations</b> in the ${alerts} says what to do. Write <code>/invite @Tocsin</code>, and the card is posted.</p>`,
    },
  ];
}

function report({ url, key }: { url: string; key: string }, title: string): string {
  const body = JSON.stringify({ title, severity: "CRITICAL", logTypes: ["Linux.Audit"] });
  return `curl ${url} \\\n  -H 'X-API-Key: ${key}' \\\n  -d '${body}'`;
}

function command(text: string): Html {
  return html`<pre tabindex="0"><code>${text}</code></pre>`;
}

/** Safe HTML. */
interface Html {
  html: string;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Builds HTML from a template. Values are escaped unless they are HTML already. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  return { html: parts.reduce((before, part, n) => before + write(values[n - 1] ?? "") + part) };
}

function write(value: string | Html | Html[]): string {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return Array.isArray(value) ? value.map(write).join("\n") : value.html;
}
