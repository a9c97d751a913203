import { withoutTimes } from "../../../../dedup/without-times.ts";
import { type MessageView, seenText } from "../message-view.ts";
import type { Preset } from "../preset.ts";
import { readStatusTitle } from "./status-title.ts";

/** github.com/prometheus/alertmanager, template/default.tmpl, and what people write after its pattern. */
export const alertmanager: Preset = {
  tool: "Alertmanager",
  read(message) {
    const reading = readStatusTitle(message);
    if (!reading || reading.title.endsWith(")") || reading.identity !== reading.title) return reading;
    // Titles of people's own often hold only the alert's name; then the text tells what it is about.
    return { ...reading, identity: [reading.title, aboutOf(message)].filter(Boolean).join("\n") };
  },
};

/** What a firing message and its recovery both say. */
function aboutOf(message: MessageView): string {
  const stateless = seenText(message).replace(
    /\b(?:firing|resolved)\b|:[a-z_]+:|\p{Extended_Pictographic}/giu,
    "",
  );
  const lines = withoutTimes(stateless).split("\n");
  return lines.filter((line) => !line.startsWith("[") && /[\p{L}\p{N}]/u.test(line)).join("\n");
}
