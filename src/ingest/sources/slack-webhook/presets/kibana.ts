import { headOf, type MessageView } from "../message-view.ts";
import type { Preset } from "../preset.ts";

/** `Rule 'Okta brute force' is active for group 'web-1':`, `Elasticsearch query rule x is recovered:` */
const ruleLine =
  /^(?:\S+ query |index threshold )?(?:rule|alert|monitor):? (.+?) (is active|is recovered|has recovered|recovered|generated|is up|is down)\b(?: for (?:group )?(.*?))?(?:\.|:| with the following.*| \d.*|$)/i;
/** `CPU too high is active with the following conditions:`, `CPU too high has recovered.`, `Shop is down. - Elastic Synthetics` */
const bareLine = /^(.+?) (is active with the following conditions|has recovered|is (?:now )?(?:down|up))\b/i;
const fromKibana =
  /kibana|elastic synthetics|^- (?:affected|metric|threshold):|\/app\/(?:r|observability|metrics)\//im;

/** The default messages of Kibana's rules, and those that people write after their pattern. */
export const kibana: Preset = {
  tool: "Kibana",
  read(message) {
    const bare = fromKibana.test(message.text);
    for (const line of headOf(message)) {
      const plain = line.replace(/[*'"`_]/g, "");
      const [, rule, state, group = ""] = ruleLine.exec(plain) ?? (bare ? bareLine.exec(plain) : null) ?? [];
      if (!rule || !state) continue;
      return {
        title: plain.replace(/(?: with the following conditions)?:$/, ""),
        identity: [rule.replace(/^for (?:monitor )?/i, ""), groupOf(group, message)]
          .filter(Boolean)
          .join(" · "),
        over: /recovered|up$/i.test(state),
        severity: severityIn(message),
      };
    }
    return null;
  },
};

/** "for 3 hosts" counts, "for web-1" names; other messages name what is affected on a line of its own. */
function groupOf(group: string, { lines }: MessageView): string {
  if (group) return /^\d+\s/.test(group) ? "" : group;
  const affected = lines.map((line) => /^[-•\s]*(?:affected|group|host|monitor):\s*(\S.*)$/i.exec(line)?.[1]);
  return affected.find(Boolean) ?? "";
}

function severityIn({ lines }: MessageView): string | null {
  const words = lines.map((line) => /^[-•*\s]*(?:rule )?severity\W+(\w+)/i.exec(line)?.[1]);
  return words.find(Boolean) ?? null;
}
