import type { Preset } from "../preset.ts";

const app = "application (\\S+?)";
/** What can be wrong with an application, and the sentences that say so. */
const sentences: { pattern: RegExp; about: ("sync" | "health")[]; over?: true; severity?: string }[] = [
  { pattern: new RegExp(`sync operation of ${app} has failed`, "i"), about: ["sync"] },
  { pattern: new RegExp(`${app} sync(?: status)? is '(?!Synced)`, "i"), about: ["sync"] },
  { pattern: new RegExp(`${app} has degraded`, "i"), about: ["health"] },
  { pattern: new RegExp(`${app} health(?: status)? is '(?!Healthy)`, "i"), about: ["health"] },
  {
    pattern: new RegExp(`${app} (?:has been successfully synced|sync(?: status)? is 'Synced')`, "i"),
    about: ["sync"],
    over: true,
  },
  {
    pattern: new RegExp(`${app} (?:is healthy|health(?: status)? is 'Healthy')`, "i"),
    about: ["health"],
    over: true,
  },
  // Sent when an application is both synced and healthy.
  { pattern: new RegExp(`${app} is now running new version`, "i"), about: ["sync", "health"], over: true },
  { pattern: new RegExp(`sync operation of ${app} has been started`, "i"), about: [], severity: "INFO" },
  { pattern: new RegExp(`${app} has been (?:created|deleted)`, "i"), about: [], severity: "INFO" },
];

/** github.com/argoproj/argo-cd, notifications_catalog/templates */
export const argoCd: Preset = {
  tool: "Argo CD",
  read({ lines }) {
    for (const line of lines) {
      for (const { pattern, about, over = false, severity = null } of sentences) {
        const [, name] = pattern.exec(line) ?? [];
        if (!name) continue;
        const identity = about.map((what) => `${name} ${what}`);
        return { title: withoutTime(line), over, severity, ...(identity.length > 0 && { identity }) };
      }
    }
    return null;
  },
};

/** Without the emoji in front, and without when the operation finished. */
function withoutTime(line: string): string {
  return line
    .replace(/^(?::[a-z_]+:|[^\p{L}\p{N}])+\s*/u, "")
    .replace(/ at \d{4}-\S+(?: \d\S+ \S+(?: [A-Z]+)?)?/, "");
}
