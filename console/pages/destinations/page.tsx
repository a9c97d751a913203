import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationType } from "../../../src/alert/destination.ts";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { keysOf } from "../../forms/choices.ts";
import { usePermission } from "../../session/use-session.ts";
import { DestinationCard } from "./destination-card.tsx";
import css from "./destinations.module.css";
import { SlackBotForm } from "./slack-bot-form.tsx";
import { WebhookForm } from "./webhook-form.tsx";

export function DestinationsPage() {
  const query = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const canManage = usePermission("Manage Destinations");
  const navigate = useNavigate();
  const [form, setForm] = useState<OpenForm>();
  const choose = (type: DestinationType) => {
    if (type === "slack-bot") void navigate({ to: "/configure/destinations/new/slack-bot" });
    else setForm({ type });
  };
  const create = (label: string) => (canManage ? <CreateMenu label={label} onChoose={choose} /> : null);
  return (
    <ConfigurePage
      title="Alert Destinations"
      intro="Slack channels and webhooks that receive alerts, and which alerts each one gets."
      action={query.data?.results.length ? create("Create New") : null}
    >
      <Loaded query={query} label="destinations">
        {({ results }) =>
          results.length > 0 ? (
            <ul className={css.cards}>
              {results.map((destination) => (
                <DestinationCard
                  key={destination.id}
                  destination={destination}
                  onEdit={
                    canManage ? () => setForm({ type: destination.type, edited: destination }) : undefined
                  }
                />
              ))}
            </ul>
          ) : (
            <Empty title="No destinations yet">
              <p>Until you add one, alerts appear only in this Console.</p>
              {create("Add your first Destination")}
            </Empty>
          )
        }
      </Loaded>
      {form ? <EditForm form={form} onClose={() => setForm(undefined)} /> : null}
    </ConfigurePage>
  );
}

interface OpenForm {
  type: DestinationType;
  /** Undefined for a new destination. */
  edited?: DestinationBody;
}

function EditForm({ form: { type, edited }, onClose }: { form: OpenForm; onClose: () => void }) {
  switch (type) {
    case "slack-bot":
      return edited?.type === type ? <SlackBotForm edited={edited} onClose={onClose} /> : null;
    case "custom-webhook":
      return <WebhookForm edited={edited?.type === type ? edited : undefined} onClose={onClose} />;
    default:
      return type satisfies never;
  }
}

const types: Record<DestinationType, { name: string; summary: string }> = {
  "slack-bot": { name: "Slack Bot", summary: "Posts alerts in a channel for triage in Slack" },
  "custom-webhook": { name: "Custom Webhook", summary: "Sends signed JSON to your own endpoint" },
};

/** The menu of destination types to create. */
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
        {keysOf(types).map((type) => (
          <Menu.Item key={type} onClick={() => onChoose(type)}>
            <strong>{types[type].name}</strong>
            <div>{types[type].summary}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
