import type { Preset } from "../preset.ts";
import { readStatusTitle } from "./status-title.ts";

/** The titles of Grafana before version 9. */
const legacy = /^\[(Alerting|OK|No Data|Pending)\] (\S.*)$/;

/** github.com/grafana/alerting, receivers/slack and templates/default_template.go */
export const grafana: Preset = {
  tool: "Grafana",
  shared: /^\**(?:firing|resolved)\**$/i,
  read(message) {
    const { username, attachments } = message;
    const ours = [username, ...attachments.map(({ footer }) => footer)].some((name) =>
      /^grafana\b/i.test(name),
    );
    if (!ours) return null;
    const [, state, name] = attachments.map(({ title }) => legacy.exec(title)).find(Boolean) ?? [];
    if (state && name) return { title: name, identity: name, over: state === "OK" };
    return readStatusTitle(message);
  },
};
