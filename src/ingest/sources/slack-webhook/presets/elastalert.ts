import { withoutTimes } from "../../../../dedup/without-times.ts";
import { seenText } from "../message-view.ts";
import type { Preset } from "../preset.ts";

/** Lines of a match that are another each time. */
const differsPerMatch =
  /^(?:_id|_index|_type|num_hits|num_matches|@timestamp|kibana_discover_url|opensearch_discover_url): .*$/gm;

/** github.com/jertel/elastalert2, elastalert/alerters/slack.py */
export const elastalert: Preset = {
  tool: "ElastAlert",
  read(message) {
    const [first] = message.attachments;
    const ours = /^elastalert/i.test(message.username) || /^num_(?:hits|matches): \d/m.test(first?.all ?? "");
    if (!ours || !first?.title) return null;
    return { title: first.title, identity: withoutTimes(seenText(message).replace(differsPerMatch, "")) };
  },
};
