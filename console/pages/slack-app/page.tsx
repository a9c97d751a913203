import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyLine } from "../../components/copy.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { Time } from "../../components/time.tsx";
import { useMay } from "../../session/use-session.ts";
import { Returned } from "./confirm-install.tsx";
import { Installations } from "./installations.tsx";
import css from "./slack-app.module.css";
import { SlackAppForm } from "./slack-app-form.tsx";

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

/** Whether Slack reaches Tocsin over Socket Mode; nothing where it comes by HTTP. */
export function SocketLine({ socket }: { socket: SlackAppBody["socket"] }) {
  if (socket.kind === "off") return null;
  const since = socket.since ? (
    <>
      {" "}
      since <Time at={socket.since} />
    </>
  ) : null;
  return (
    <section className={css.panel} aria-labelledby="socket">
      <h2 id="socket">Socket Mode</h2>
      {socket.kind === "connected" ? (
        <p>Connected to Slack{since}. No public address is needed.</p>
      ) : (
        <p className={css.fault} role="alert">
          Not connected to Slack{since}. {socket.remedy ?? "Tocsin is connecting."}{" "}
          {socket.fault ? <code>{socket.fault}</code> : null}
        </p>
      )}
    </section>
  );
}

/** Leads to Slack, to install the app in one more workspace; needs the app's own credentials. */
export function InstallButton({ app }: { app: SlackAppBody }) {
  const { clientId, clientSecret } = app.secretsSet;
  return (
    <section className={css.panel} aria-labelledby="oauth">
      <h2 id="oauth">Install with OAuth</h2>
      {clientId && clientSecret ? (
        <>
          <Text size="sm" mb="xs">
            Slack asks which workspace, and sends you back here to confirm it. No token has to be pasted. Its
            Redirect URL, if it isn't under OAuth & Permissions yet:
          </Text>
          <CopyLine text={new URL("/slack/oauth_redirect", app.requestUrl).href} what="redirect URL" />
          <Button component="a" href="/slack/install" variant="default" mt="sm">
            Install with OAuth
          </Button>
        </>
      ) : (
        <p>
          Save the app's Client ID and Client Secret below first. Then no token has to be pasted, and the app
          can be installed in several workspaces.
        </p>
      )}
    </section>
  );
}
