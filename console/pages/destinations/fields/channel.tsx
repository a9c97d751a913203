import { Autocomplete, Text } from "@mantine/core";
import { useState } from "react";
import type { SlackChannelsBody, SlackChecked } from "../../../../src/connect/contract.ts";
import { useChannels } from "./channel-list.ts";
import { ListNote } from "./channel-list-note.tsx";
import { Verdict } from "./slack-check.tsx";

type Channel = SlackChannelsBody["invited"][number];

interface Props {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  teamId: string;
  /** In an organisation several workspaces may have a channel of one name. */
  onlyId: boolean;
  /** Whether the app is installed, so that there are channels to choose from. */
  installed: boolean;
  verdict: SlackChecked["fields"]["channel"];
}

/**
 * The channel, chosen from those that the bot sees, or named: by name, link or ID. What stands there already is not
 * looked for: whoever opens the list wants another one.
 */
export function ChannelField({ value, onChange, error, teamId, onlyId, installed, verdict }: Props) {
  const [standing] = useState(value);
  const typed = value === standing ? "" : value;
  const { all, fitting, settled, refresh } = useChannels({
    typed,
    teamId,
    enabled: installed && !onlyId,
  });
  const offered = [...(fitting?.invited ?? []), ...(fitting?.others ?? [])];
  const marks = new Map(offered.map((one) => [`#${one.name}`, one]));
  return (
    <div>
      <Autocomplete
        label={onlyId ? "Channel ID" : "Channel ID or Channel Name"}
        description={hint(onlyId)}
        placeholder={onlyId ? "C0123ABCD" : "#security"}
        required
        name="channel"
        value={value}
        error={error}
        onChange={onChange}
        data={groupsOf(fitting, settled ? "" : typed)}
        // The server has looked for what was typed, in more channels than a page should hold.
        filter={({ options }) => options}
        maxDropdownHeight={280}
        renderOption={({ option }) => <Offered name={option.value} channel={marks.get(option.value)} />}
      />
      <Verdict verdict={error ? undefined : verdict} />
      {all ? (
        <ListNote offer={all} value={value} onUse={(name) => onChange(`#${name}`)} onRefresh={refresh} />
      ) : null}
    </div>
  );
}

function Offered({ name, channel }: { name: string; channel: Channel | undefined }) {
  const marks = [channel?.private ? "private" : null, channel?.sharedOutside ? "shared with others" : null];
  return (
    <span className="wrap">
      {name}{" "}
      <Text component="span" size="xs" c="dimmed">
        {marks.filter(Boolean).join(", ")}
      </Text>
    </span>
  );
}

/** `narrowed` is what was typed since: until that is answered, the last answer is narrowed by it. */
function groupsOf(offer: SlackChannelsBody | undefined, narrowed: string) {
  if (!offer) return [];
  const typed = narrowed.trim().replace(/^#/, "").toLowerCase();
  const named = (all: Channel[]) => [
    ...new Set(all.filter(({ name }) => name.includes(typed)).map(({ name }) => `#${name}`)),
  ];
  const { invited, others, near } = offer;
  const groups = [
    { group: "The bot is in", items: named(invited) },
    { group: "Invite it afterwards", items: named(others) },
    { group: "Did you mean", items: near.map((name) => `#${name}`) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

const idAt =
  "In Slack, click the channel's name at its top: the ID stands at the bottom of the dialog that opens";

function hint(onlyId: boolean): string {
  if (onlyId)
    return `${idAt}. Only an ID is taken in an organisation, since several of its workspaces may have a channel of one name.`;
  return `Its name, a link to it, or its ID. ${idAt}.`;
}
