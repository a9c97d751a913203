import type { Severity } from "../../alert/alert.ts";
import { escapeText } from "../../slack/text/text.ts";

/** A part of an email, drawn once as text and once as HTML. */
export type Block =
  | { kind: "head"; severity: Severity; label: string; title: string }
  | { kind: "line"; text: string }
  | { kind: "facts"; facts: [name: string, value: string][] }
  | { kind: "text"; title: string; text: string }
  | { kind: "rows"; rows: { severity: Severity; text: string }[] }
  | { kind: "button"; label: string; url: string };

export function textOf(blocks: readonly Block[]): string {
  return `${blocks.map(textBlock).join("\n\n")}\n`;
}

function textBlock(block: Block): string {
  switch (block.kind) {
    case "head":
      return `${block.label}: ${block.title}`;
    case "line":
      return block.text;
    case "facts":
      return block.facts.map(([name, value]) => `${name}: ${value}`).join("\n");
    case "text":
      return `${block.title}\n${block.text}`;
    case "rows":
      return block.rows.map(({ severity, text }) => `${severity.padEnd(8)} ${text}`).join("\n");
    case "button":
      return `${block.label}: ${block.url}`;
    default:
      return block satisfies never;
  }
}

/** Background and text, each pair with a contrast of at least 4.5:1. */
const colours: Record<Severity, [background: string, text: string]> = {
  CRITICAL: ["#6b21a8", "#ffffff"],
  HIGH: ["#b42318", "#ffffff"],
  MEDIUM: ["#b54708", "#ffffff"],
  LOW: ["#7a5d00", "#ffffff"],
  INFO: ["#175cd3", "#ffffff"],
};

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/**
 * An HTML email of tables and inline styles, which is what mail programs draw alike. It loads nothing, and everything
 * from outside is escaped.
 */
export function htmlOf(blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>@media (prefers-color-scheme: dark){body,.page{background:#191b1f!important}.card{background:#24272d!important;border-color:#3a3f47!important}.card td,.card h1,.card p{color:#e6e8eb!important}.card .name{color:#a6adb8!important}}</style></head>
<body style="margin:0;background:#f4f5f7"><table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f7"><tr><td align="center" style="padding:16px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;background:#ffffff;border:1px solid #dcdfe4;border-radius:8px;${font};font-size:14px;line-height:1.5;color:#1f2329"><tr><td style="padding:20px 24px">
${blocks.map(htmlBlock).join("\n")}
</td></tr></table></td></tr></table></body></html>
`;
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case "head":
      return `${badge(block.severity, block.label)}<h1 style="margin:8px 0 16px;font-size:20px;line-height:1.3;overflow-wrap:anywhere">${escaped(block.title)}</h1>`;
    case "line":
      return `<p style="margin:0 0 12px;overflow-wrap:anywhere">${escaped(block.text)}</p>`;
    case "facts":
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:14px">${block.facts.map(factRow).join("")}</table>`;
    case "text":
      return `<p class="name" style="margin:0 0 2px;color:#5c6370;font-size:12px;font-weight:600">${escaped(block.title)}</p><p style="margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere">${escaped(block.text)}</p>`;
    case "rows":
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:14px">${block.rows.map(alertRow).join("")}</table>`;
    case "button":
      return `<p style="margin:4px 0 0"><a href="${escaped(block.url)}" style="display:inline-block;padding:8px 16px;border-radius:6px;background:#8a4b14;color:#ffffff;font-weight:600;text-decoration:none">${escaped(block.label)}</a></p>`;
    default:
      return block satisfies never;
  }
}

function factRow([name, value]: [string, string]): string {
  return `<tr><td class="name" valign="top" style="padding:1px 16px 1px 0;color:#5c6370;white-space:nowrap">${escaped(name)}</td><td style="padding:1px 0;overflow-wrap:anywhere">${escaped(value)}</td></tr>`;
}

function alertRow({ severity, text }: { severity: Severity; text: string }): string {
  return `<tr><td valign="top" style="padding:2px 10px 2px 0">${badge(severity, severity)}</td><td style="padding:2px 0;overflow-wrap:anywhere">${escaped(text)}</td></tr>`;
}

function badge(severity: Severity, label: string): string {
  const [background, text] = colours[severity];
  return `<span style="display:inline-block;padding:1px 8px;border-radius:4px;background:${background};color:${text};font-size:12px;font-weight:700">${escaped(label)}</span>`;
}

function escaped(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;");
}
