import type { DemoFacts } from "../demo-facts.ts";
import { type Html, html } from "./html.ts";

/** One thing to try. */
export interface Step {
  title: string;
  body: Html;
}

/** The pretended #security, as its page addresses it. */
const security = "C0SECURITY1";

/** What to try, in the order in which it shows what Tocsin is for. */
export function steps({ consoleUrl, slackUrl, sources: { native }, users }: DemoFacts): Step[] {
  const slack = (who: string) =>
    html`<a href="${slackUrl}#/${who.toLowerCase()}/${security}" target="_blank">#security as ${who}</a>`;
  const alerts = html`<a href="${consoleUrl}/alerts" target="_blank">Console</a>`;
  return [
    {
      title: "Report something",
      body: html`<p>Any tool that can send JSON is a source. Paste this into a terminal:</p>
        ${command(report(native, "Root shell on db-1"))}
        <p>The answer comes when the alert is on disk, with its number. Send it again: it joins the alert, as its second event.</p>`,
    },
    {
      title: "Find its card in Slack",
      body: html`<p>Open ${slack("Ada")}. This Slack is pretended, but it checks what Tocsin sends by Slack's rules.
        Assign the alert to somebody, look at <b>Show alert details</b> under ⋯, and watch the card change for everybody.</p>`,
    },
    {
      title: "Resolve it with a comment",
      body: html`<p>Choose <b>Resolved</b> in the card's <b>Status</b>, and say what you found. The card shrinks to one line, and its thread says who did what.</p>`,
    },
    {
      title: "Read its history in the Console",
      body: html`<p>Open the ${alerts} and sign in. What happened in Slack stands there already; change something, and Slack follows.</p>
        <dl>${users.map(({ email, password }) => html`<div><dt>${email}</dt><dd><code>${password}</code></dd></div>`)}</dl>`,
    },
    {
      title: "Try it as somebody who may not",
      body: html`<p>Open ${slack("Mallory")} and change a status there. Mallory has no Tocsin user: nothing changes, and only she reads why.</p>`,
    },
    {
      title: "Take Slack away",
      body: html`<p>In ${slack("Grace")} write <code>/remove @Tocsin</code>, then report something else:</p>
        ${command(report(native, "Audit log switched off on db-1"))}
        <p>The alert is held, and <b>Alert Destinations</b> in the ${alerts} says what to do. Write <code>/invite @Tocsin</code>: the card goes out by itself.</p>`,
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
