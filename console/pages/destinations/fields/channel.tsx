import { Autocomplete, Text } from "@mantine/core";
import { useState } from "react";
import type { SlackChannelsBody, SlackChecked } from "../../../../src/connect/contract.ts";
import { useChannels } from "./channel-list.ts";
import { ChannelListNote } from "./channel-list-note.tsx";
import { CheckResult } from "./slack-check.tsx";

type Channel = SlackChannelsBody["invited"][number];

interface Props {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  teamId: string;
  /** True in an organisation, where several workspaces may have channels of the same name. */
  idOnly: boolean;
  /** True if the app is installed, so that channels can be listed. */
  installed: boolean;
  check: SlackChecked["fields"]["channel"];
}

/**
 * A channel, chosen from the list or entered as a name, link or ID. The initial value doesn't filter the list:
 * people who open it want another channel.
 */
export function ChannelField({ value, onChange, error, teamId, idOnly, installed, check }: Props) {
  const [initial] = useState(value);
  const typed = value === initial ? "" : value;
  const { all, matching, upToDate, refresh } = useChannels({
    typed,
    teamId,
    enabled: installed && !idOnly,
  });
  const listed = [...(matching?.invited ?? []), ...(matching?.others ?? [])];
  const byName = new Map(listed.map((channel) => [`#${channel.name}`, channel]));
  return (
    <div>
      <Autocomplete
        label={idOnly ? "Channel ID" : "Channel ID or Channel Name"}
        description={hint(idOnly)}
        placeholder={idOnly ? "C0123ABCD" : "#security"}
        required
        name="channel"
        value={value}
        error={error}
        onChange={onChange}
        data={groupsOf(matching, upToDate ? "" : typed)}
        // The server has filtered already, among more channels than the page loads.
        filter={({ options }) => options}
        maxDropdownHeight={280}
        renderOption={({ option }) => (
          <ChannelOption name={option.value} channel={byName.get(option.value)} />
        )}
      />
      <CheckResult check={error ? undefined : check} />
      {all ? (
        <ChannelListNote
          channels={all}
          value={value}
          onChoose={(name) => onChange(`#${name}`)}
          onRefresh={refresh}
        />
      ) : null}
    </div>
  );
}

function ChannelOption({ name, channel }: { name: string; channel: Channel | undefined }) {
  const marks = [channel?.private ? "private" : null, channel?.sharedOutside ? "shared externally" : null];
  return (
    <span className="wrap">
      {name}{" "}
      <Text component="span" size="xs" c="dimmed">
        {marks.filter(Boolean).join(", ")}
      </Text>
    </span>
  );
}

/** Until the server has answered for the current text, `filter` narrows the channels of its last answer. */
function groupsOf(channels: SlackChannelsBody | undefined, filter: string) {
  if (!channels) return [];
  const text = filter.trim().replace(/^#/, "").toLowerCase();
  const itemsOf = (all: Channel[]) => [
    ...new Set(all.filter(({ name }) => name.includes(text)).map(({ name }) => `#${name}`)),
  ];
  const { invited, others, near } = channels;
  const groups = [
    { group: "The bot is a member", items: itemsOf(invited) },
    { group: "Invite the bot afterwards", items: itemsOf(others) },
    { group: "Did you mean", items: near.map((name) => `#${name}`) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

const whereId = "In Slack, click the channel's name at the top: the ID is at the bottom of the dialog";

function hint(idOnly: boolean): string {
  if (idOnly)
    return `${whereId}. In an organisation only an ID works, since several workspaces may have a channel of the same name.`;
  return `Enter a name, a link or an ID. ${whereId}.`;
}
