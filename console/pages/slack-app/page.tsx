import { useQuery } from "@tanstack/react-query";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { useMay } from "../../session/use-session.ts";
import { InstallButton } from "../../slack-app/install-button.tsx";
import { Installations } from "./installations.tsx";
import { Returned } from "./confirm-install.tsx";
import css from "./slack-app.module.css";
import { SlackAppForm } from "./slack-app-form.tsx";
import { SocketLine } from "../../slack-app/socket-line.tsx";

export function SlackAppPage() {
  const query = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const mayManage = useMay("Manage Destinations");
  return (
    <SettingsPage
      title="Slack app"
      about="The bot that posts cards and hears what people do with them. Every destination uses it."
    >
      <Loaded query={query} what="Slack app">
        {(app) => (
          <div className={css.page}>
            <SocketLine socket={app.socket} />
            <Returned at="/configure/slack-app" />
            <Installations app={app} />
            {mayManage ? <InstallButton app={app} /> : null}
            {mayManage ? <SlackAppForm app={app} /> : null}
          </div>
        )}
      </Loaded>
    </SettingsPage>
  );
}
