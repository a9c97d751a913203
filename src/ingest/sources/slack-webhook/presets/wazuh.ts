import { withoutTimes } from "../../../../dedup/without-times.ts";
import { fieldOf, seenText } from "../message-view.ts";
import type { Preset } from "../preset.ts";

/** `510 _(Level 7)_` */
const ruleId = /^(\d+)\s.*level (\d+)/i;

/** github.com/wazuh/wazuh, integrations/slack.py */
export const wazuh: Preset = {
  tool: "Wazuh",
  shared: /^wazuh alert$/i,
  read(message) {
    const [, id, level] = ruleId.exec(fieldOf(message, "Rule ID")) ?? [];
    if (!id || !level) return null;
    const own = message.attachments.map(({ title }) => title).find((title) => title && title !== "N/A");
    const title =
      own ?? message.lines.find((line) => !/^(?:wazuh alert|N\/A)$/i.test(line)) ?? `Wazuh rule ${id}`;
    return {
      title,
      identity: withoutTimes(seenText(message).replace(differsPerEvent, "")),
      severity: severityOf(Number(level)),
      detection: own ? { id, name: own } : { id },
    };
  },
};

/** What differs from one log line to the next: process ids and ports of clients. */
const differsPerEvent = /\[\d+\](?=:)|\b(?:port|pid|ppid|session)[ =:]+\d+|\b(?:spt|srcport)=\S+/gi;

/** As the kind `wazuh` reads levels: grouped as on Wazuh's dashboard. */
function severityOf(level: number): string {
  if (level >= 15) return "CRITICAL";
  if (level >= 12) return "HIGH";
  if (level >= 7) return "MEDIUM";
  return level >= 4 ? "LOW" : "INFO";
}
