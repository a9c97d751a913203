import { useQuery } from "@tanstack/react-query";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { Returned } from "../slack-app/confirm-install.tsx";
import { ApplicationForm } from "../../slack-bot/form/application-form.tsx";
import { Wizard } from "./wizard.tsx";

/** The second step: the app's credentials, and what the destination takes. */
export function FormStep() {
  const app = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const manifest = useQuery({ queryKey: ["slack-manifest", {}], queryFn: () => setupApi.manifest({}) });
  return (
    <Wizard
      step="form"
      about="Tocsin asks Slack about each value. From Add Destination on it takes alerts; they wait until the bot is in the channel."
    >
      <Returned at="/configure/destinations/new/slack-bot/form" />
      <Loaded query={app} what="Slack app">
        {(slackApp) => (
          <Loaded query={manifest} what="manifest">
            {({ settings }) => <ApplicationForm app={slackApp} settings={settings} />}
          </Loaded>
        )}
      </Loaded>
    </Wizard>
  );
}
