import { Button, Text } from "@mantine/core";
import type { SlackAppBody } from "../../src/connect/contract.ts";
import { CopyLine } from "../parts/copy/copy-line.tsx";
import css from "../pages/slack-app/slack-app.module.css";

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
