import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationTypeBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { usePermission } from "../../session/use-session.ts";
import { DestinationCard } from "./destination-card.tsx";
import { useDestinationTypes } from "./destination-types.ts";
import css from "./destinations.module.css";
import { EditForm, type OpenForm } from "./edit-form.tsx";

export function DestinationsPage() {
  const query = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const canManage = usePermission("Manage Destinations");
  const navigate = useNavigate();
  const [form, setForm] = useState<OpenForm>();
  const choose = ({ type, wizard }: DestinationTypeBody) => {
    if (wizard) void navigate({ to: "/configure/destinations/new/slack-bot" });
    else setForm({ type });
  };
  const create = (label: string) => (canManage ? <CreateMenu label={label} onChoose={choose} /> : null);
  return (
    <ConfigurePage
      title="Alert Destinations"
      intro="Slack channels and other places that receive alerts, and which alerts each one gets."
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
                  escalatesTo={results.find(({ id }) => id === destination.escalation?.to)?.displayName}
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

/** The menu of destination types to create. */
function CreateMenu({ label, onChoose }: { label: string; onChoose: (type: DestinationTypeBody) => void }) {
  const types = useDestinationTypes();
  return (
    <Menu position="bottom-end" width={300} shadow="md">
      <Menu.Target>
        <Button leftSection={<Icon name="plus" size={14} />}>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {types.map((type) => (
          <Menu.Item
            key={type.type}
            leftSection={<Icon name={type.icon} />}
            disabled={type.unavailable !== null}
            onClick={() => onChoose(type)}
          >
            <strong>{type.name}</strong>
            <div>{type.unavailable ?? type.summary}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
