import { Button, Menu } from "@mantine/core";
import type { DestinationType } from "../../src/alert/destination-type.ts";
import { keysOf } from "../forms/choices.ts";
import { Icon } from "../components/icon.tsx";

const words: Record<DestinationType, { name: string; about: string }> = {
  "slack-bot": { name: "Slack Bot", about: "Cards in a channel, triaged there" },
  "custom-webhook": { name: "Custom Webhook", about: "Signed JSON for a program of yours" },
};

/** Asks which type of destination to create. */
export function CreateMenu({
  label,
  onChoose,
}: {
  label: string;
  onChoose: (type: DestinationType) => void;
}) {
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Button leftSection={<Icon name="plus" size={14} />}>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {keysOf(words).map((type) => (
          <Menu.Item key={type} onClick={() => onChoose(type)}>
            <strong>{words[type].name}</strong>
            <div>{words[type].about}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
