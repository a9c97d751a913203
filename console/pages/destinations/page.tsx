import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationType } from "../../../src/alert/destination.ts";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { keysOf } from "../../forms/choices.ts";
import { useMay } from "../../session/use-session.ts";
import { DestinationCard } from "./destination-card.tsx";
import css from "./destinations.module.css";
import { DestinationForm } from "./slack-bot-form.tsx";
import { WebhookForm } from "./webhook-form.tsx";

export function DestinationsPage() {
  const query = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const mayManage = useMay("Manage Destinations");
  const go = useNavigate();
  const [form, setForm] = useState<Opened>();
  const choose = (type: DestinationType) => {
    if (type === "slack-bot") void go({ to: "/configure/destinations/new/slack-bot" });
    else setForm({ type });
  };
  const create = (label: string) => (mayManage ? <CreateMenu label={label} onChoose={choose} /> : null);
  return (
    <SettingsPage
      title="Alert Destinations"
      about="Where alerts are announced: a Slack channel or a program of yours each, with what it takes."
      action={query.data?.results.length ? create("Create New") : null}
    >
      <Loaded query={query} what="destinations">
        {({ results }) =>
          results.length > 0 ? (
            <ul className={css.cards}>
              {results.map((destination) => (
                <DestinationCard
                  key={destination.id}
                  destination={destination}
                  onEdit={
                    mayManage ? () => setForm({ type: destination.type, edited: destination }) : undefined
                  }
                />
              ))}
            </ul>
          ) : (
            <Empty title="No destination yet">
              <p>Until there is one, alerts stand in this Console only and nobody hears of them in Slack.</p>
              {create("Add your first Destination")}
            </Empty>
          )
        }
      </Loaded>
      {form ? <FormOf opened={form} onClose={() => setForm(undefined)} /> : null}
    </SettingsPage>
  );
}

interface Opened {
  type: DestinationType;
  /** Undefined for a new one. */
  edited?: DestinationBody;
}

function FormOf({ opened: { type, edited }, onClose }: { opened: Opened; onClose: () => void }) {
  switch (type) {
    case "slack-bot":
      return edited?.type === type ? <DestinationForm edited={edited} onClose={onClose} /> : null;
    case "custom-webhook":
      return <WebhookForm edited={edited?.type === type ? edited : undefined} onClose={onClose} />;
    default:
      return type satisfies never;
  }
}

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
