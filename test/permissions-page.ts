import { builtInRoles, permissions } from "../src/alert/permission.ts";
import type { Access } from "../src/api/requires.ts";
import type { DeclaredRoute } from "../src/http/authorize.ts";

const intro = `# Who may call what

Each route declares who may call it, what it writes to the audit log and which limit it counts against
(\`src/api/requires.ts\`). This page is made from that. \`test/permissions.test.ts\` fails when they differ, and calls
each route as each role; \`npx vitest run test/permissions.test.ts -u\` writes the page again.

Without the permission a call is refused with \`403\`, which names it, and the refusal is in the audit log. Without a
session or token it is \`401\`. Permissions are judged before the body is read, after it, and where the change is made.
A custom role may call what its permissions allow. The built-in roles are [in section 10 of behaviour.md](behaviour.md#10-people-and-machines), the limits in section 11.

A session that calls a route marked as confirmed must have been
[confirmed](behaviour.md#confirming-a-session) in the last five minutes. With a secret, \`PUT /api/v1/slack/app\` needs
Manage Users too.`;

/** The text of docs/permissions.md. */
export function permissionsPage(routes: readonly DeclaredRoute[]): string {
  const roles = permissions.map((permission) => [permission, rolesWith(permission)]);
  const rows = routes.map((route) => [
    routeName(route),
    named(route.access),
    rolesWith(route.access),
    route.fresh === false ? "" : route.fresh === true ? "yes" : "for some fields",
    route.audits.map((action) => `\`${action}\``).join(", ") || (route.unaudited ?? ""),
    route.cost ?? "its own limits",
  ]);
  return [
    intro,
    "## Roles",
    table(["permission", "roles"], roles),
    "## Routes",
    table(["route", "who", "roles", "confirmed", "audit log", "limit"], rows),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

export function routeName({ method, url }: Pick<DeclaredRoute, "method" | "url">): string {
  return `\`${method} ${url}\``;
}

/** Who may call each route according to the page. */
export function readPage(page: string): Map<string, string> {
  const rows = page.split("## Routes")[1]?.matchAll(/^\| (`[A-Z]+ [^`]+`) +\| ([^|]+?) +\|/gm) ?? [];
  return new Map([...rows].map(([, route = "", access = ""]) => [route, access]));
}

function named(access: Access): string {
  return [access].flat().join(" and ");
}

export function rolesWith(access: Access): string {
  if (access === "anyone" || access === "signed in") return "all";
  const having = Object.entries(builtInRoles).filter(([, held]) =>
    [access].flat().every((one) => held.includes(one)),
  );
  return having.map(([role]) => role).join(", ");
}

export function table(heads: string[], rows: string[][]): string {
  const widths = heads.map((head, at) =>
    Math.max(...[head, ...rows.map((row) => row[at] ?? "")].map(lengthOf)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

const lengthOf = (text: string) => text.length;
