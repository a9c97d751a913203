import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { slackTrust } from "../../../src/alert/permission.ts";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { basePath } from "../../api/base-path.ts";
import { setupApi } from "../../api/setup.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { CopyBlock } from "../../components/copy.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { Time } from "../../components/time.tsx";
import { usePermission } from "../../session/use-session.ts";
import { InstallResult } from "./confirm-install.tsx";
import { Installations } from "./installations.tsx";
import css from "./slack-app.module.css";
import { SlackAppForm } from "./slack-app-form.tsx";

export function SlackAppPage() {
  const query = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const canManage = usePermission("Manage Destinations");
  const mayChangeSecrets = usePermission(...slackTrust);
  return (
    <ConfigurePage
      title="Slack app"
      intro="The bot that posts cards and handles clicks on them. All Slack Bot destinations use it."
    >
      <Loaded query={query} label="Slack app">
        {(app) => (
          <div className={css.page}>
            <SocketModeStatus socket={app.socket} />
            <InstallResult page="/configure/slack-app" />
            <Installations app={app} />
            {mayChangeSecrets ? <InstallButton app={app} /> : null}
            {canManage ? <SlackAppForm app={app} /> : null}
          </div>
        )}
      </Loaded>
    </ConfigurePage>
  );
}

/** The state of the Socket Mode connection; nothing in HTTP mode. */
export function SocketModeStatus({ socket }: { socket: SlackAppBody["socket"] }) {
  if (socket.kind === "off") return null;
  const since = socket.since ? (
    <>
      {" "}
      (since <Time at={socket.since} />)
    </>
  ) : null;
  return (
    <section className={css.panel} aria-labelledby="socket">
      <h2 id="socket">Socket Mode</h2>
      {socket.kind === "connected" ? (
        <>
          <p>Connected to Slack{since}. No public URL is needed.</p>
          {(socket.connections ?? 1) > 1 ? (
            <p className={css.unknown}>
              Slack counts {socket.connections} connections of this app. Each node of Tocsin opens one. If you
              run fewer nodes, another program uses the same App-Level Token and receives part of the clicks.
            </p>
          ) : null}
        </>
      ) : (
        <p className={css.fault} role="alert">
          Not connected to Slack{since}. {socket.remedy ?? "Tocsin is connecting."}{" "}
          {socket.fault ? <code>{socket.fault}</code> : null}
        </p>
      )}
    </section>
  );
}

/** Starts an OAuth installation in another workspace. Needs the app's Client ID and Client Secret. */
export function InstallButton({ app }: { app: SlackAppBody }) {
  const { clientId, clientSecret } = app.secretsSet;
  return (
    <section className={css.panel} aria-labelledby="oauth">
      <h2 id="oauth">Install with OAuth</h2>
      {clientId && clientSecret ? (
        <>
          <Text size="sm" mb="xs">
            Slack asks for the workspace, then sends you back here to confirm it. You don't have to paste a
            token. If OAuth & Permissions doesn't list this Redirect URL yet, add it first:
          </Text>
          <CopyBlock text={new URL("oauth_redirect", app.requestUrl).href} label="redirect URL" />
          <Button component="a" href={`${basePath}/slack/install`} variant="default" mt="sm">
            Install with OAuth
          </Button>
        </>
      ) : (
        <p>
          Save the app's Client ID and Client Secret below first. Then you can install the app in several
          workspaces without pasting tokens.
        </p>
      )}
    </section>
  );
}
