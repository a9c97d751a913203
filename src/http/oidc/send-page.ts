import type { FastifyReply } from "fastify";
import type { PageText } from "./explain-refusal.ts";

/**
 * Sends a page that needs no script: it is for people who may not be let into the Console. Its addresses are relative to
 * those below /auth/oidc/, since PUBLIC_URL may have a path.
 */
export function sendPage(
  reply: FastifyReply,
  { status, title, lines, facts, again }: PageText,
): FastifyReply {
  const rows = facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join("");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} · Tocsin</title>
<link rel="icon" href="../../bell.svg">
<style>${style}</style>
</head>
<body>
<main>
<img src="../../bell.svg" width="36" height="36" alt="">
<h1>${escaped(title)}</h1>
${lines.map((line) => `<p>${escaped(line)}</p>`).join("\n")}
${rows ? `<dl>${rows}</dl>` : ""}
${again ? '<a class="button" href="../../sign-in">Back to the sign-in page</a>' : ""}
</main>
</body>
</html>`;
  return reply.code(status).header("cache-control", "no-store").type("text/html; charset=utf-8").send(html);
}

/** The colours are those of the Console. */
const style = `
:root { color-scheme: light dark; --bg: #f8f7f5; --panel: #fff; --border: #e6e4e0; --text: #1f1d1b; --dim: #6b665f; --accent: #8a5a1f; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --bg: #151413; --panel: #1c1b1a; --border: #2f2d2b; --text: #e8e5e1; --dim: #a29d96; --accent: #e0ab63; --on-accent: #1c1b1a } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 16px; background: var(--bg); color: var(--text); font: 14px/1.5 system-ui, sans-serif }
main { width: min(440px, 100%); padding: 28px; border: 1px solid var(--border); border-radius: 10px; background: var(--panel); overflow-wrap: anywhere }
h1 { margin: 12px 0 0; font-size: 18px; font-weight: 600; line-height: 1.35 }
p { margin: 8px 0 0 }
dl { margin: 16px 0 0; padding-top: 12px; border-top: 1px solid var(--border) }
dt { color: var(--dim); font-size: 12px }
dd { margin: 0 0 8px }
.button { display: block; margin-top: 20px; padding: 8px 14px; border-radius: 6px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-align: center; text-decoration: none }
.button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
