import { withoutTimes } from "../../../../dedup/without-times.ts";
import { fieldOf } from "../message-view.ts";
import type { Preset } from "../preset.ts";

const output =
  /^(?:\S{0,40}?\d\d:\d\d:\d\d\S{0,40}\s+)?(Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug)[:\s]\s*(\S.*)$/;
/** Fields that are another each time: of the event itself, times, process ids, ports and counters. */
const passing = /^evt\.|^[^.]*$|(time|[._]ts|duration|pid|tid|\.v?sid|port|\.num|count)$/;

/** The same in the text: `pid=812`, and the port before the arrow of a connection. */
const passingInText =
  /(?<=[\s(])(?:[\w.]{0,40}[._])?(?:v?p?pid|v?tid|v?sid|[sclr]?port|num|count|duration|time)=[^\s)]+/gi;
const clientPort = /:\d{1,5}->/g;

/** github.com/falcosecurity/falcosidekick, outputs/slack.go */
export const falcosidekick: Preset = {
  tool: "Falco",
  read(message) {
    const { username, attachments, fields, lines } = message;
    const rule = fieldOf(message, "rule");
    const priority = fieldOf(message, "priority");
    const named = /falco/i.test(`${username} ${attachments.map(({ footer }) => footer).join(" ")}`);
    const [, word, what] = lines.map((line) => output.exec(line)).find(Boolean) ?? [];
    if (!(rule && priority) && !(named && word)) return null;
    const about = fields
      .filter(({ name, value }) => name === "hostname" || (!passing.test(name) && !value.includes("->")))
      .map(({ name, value }) => `${name}=${value}`)
      .sort();
    const said = withoutTimes(
      (what ?? lines.join("\n")).replace(passingInText, "").replace(clientPort, "->"),
    );
    const title = what?.split(/ \((?=[\w.%]+=)| \| /)[0] || rule;
    return {
      title: title || lines[0] || "Falco event",
      identity: [rule, said, ...about].filter(Boolean).join(", "),
      severity: priority || word,
      detection: rule ? { id: rule } : null,
    };
  },
};
