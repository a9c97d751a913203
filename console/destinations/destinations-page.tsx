import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SlackBotBody } from "../../src/http/contract/destination.ts";
import { setupApi } from "../api/setup.ts";
import { Empty } from "../parts/lists/empty.tsx";
import { Loaded } from "../parts/lists/loaded.tsx";
import { Icon } from "../parts/marks/icon.tsx";
import { SettingsPage } from "../parts/page/settings-page.tsx";
import { useMay } from "../session/use-session.ts";
import { DestinationCard } from "./destination-card.tsx";
import { DestinationForm } from "./destination-form.tsx";
import css from "./destinations.module.css";

export function DestinationsPage() {
  const query = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const mayManage = useMay("Manage Destinations");
  const [form, setForm] = useState<{ edited?: SlackBotBody }>();
  const create = (label: string) =>
    mayManage ? (
      <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
        {label}
      </Button>
    ) : null;
  return (
    <SettingsPage
      title="Alert Destinations"
      about="Where alerts are announced: each one is a Slack channel, with what it takes."
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
                    mayManage && destination.type === "slack-bot"
                      ? () => setForm({ edited: destination })
                      : undefined
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
      {form ? <DestinationForm edited={form.edited} onClose={() => setForm(undefined)} /> : null}
    </SettingsPage>
  );
}
