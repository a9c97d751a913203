import { Switch } from "@mantine/core";
import { slackTrust } from "../../../src/alert/permission.ts";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { StateBadge } from "../../components/badges.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { usePermission } from "../../session/use-session.ts";
import css from "./slack-app.module.css";

/** The app's installations, with their state and scopes. */
export function Installations({ app }: { app: SlackAppBody }) {
  return (
    <section className={css.panel} aria-labelledby="installed">
      <h2 id="installed">Installed in</h2>
      {app.installations.length === 0 ? (
        <p>
          Not installed yet. Create an app at{" "}
          <a href="https://api.slack.com/apps" target="_blank" rel="noopener noreferrer">
            api.slack.com/apps
          </a>
          , install it to your workspace, and copy its tokens into the form below.
        </p>
      ) : (
        <ul className={css.installations}>
          {app.installations.map((installation) => (
            <Installation key={installation.id} installation={installation} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Installation({ installation }: { installation: SlackAppBody["installations"][number] }) {
  const { team, enterprise, botUserId, grantedScopes, missingScopes, state } = installation;
  const working = state.kind === "ok";
  return (
    <li>
      <div className={css.workspace}>
        <strong className="wrap">{team?.name ?? enterprise?.name ?? "A workspace"}</strong>
        {team && enterprise ? <span>of {enterprise.name}</span> : null}
        <code>{botUserId}</code>
        <StateBadge kind={state.kind} />
      </div>
      {working ? null : (
        <p className={css.fault} role="alert">
          {state.remedy ?? "Slack rejects the app's token."} {state.fault ? <code>{state.fault}</code> : null}
        </p>
      )}
      <TrustSwitch installation={installation} />
      {grantedScopes ? (
        <Scopes label="Granted scopes" names={grantedScopes} />
      ) : (
        <p className={css.unknown}>
          Slack did not say which scopes it granted. A proxy may remove the header <code>x-oauth-scopes</code>
          .
        </p>
      )}
      <Scopes label="Missing scopes" names={missingScopes} tone="bad" />
    </li>
  );
}

function Scopes({ label, names, tone }: { label: string; names: string[]; tone?: "bad" }) {
  if (names.length === 0) return null;
  return (
    <div className={css.scopes} data-tone={tone}>
      <span>{label}</span>
      {names.map((name) => (
        <code key={name}>{name}</code>
      ))}
    </div>
  );
}

/** Whether email addresses of a workspace identify Tocsin users, which is why it also needs Manage Users. */
function TrustSwitch({ installation }: { installation: SlackAppBody["installations"][number] }) {
  const canChange = usePermission(...slackTrust);
  const { id, trusted } = installation;
  const change = useApiMutation({
    mutationFn: setupApi.trustInstallation,
    invalidates: "slack-app",
    failure: "The setting was not changed.",
  });
  return (
    <Switch
      mt="sm"
      label="Trust email addresses"
      description="Members act as the Tocsin user with the same email address. Administrators of a workspace can set any address, so trust only your own workspaces."
      checked={trusted}
      disabled={!canChange || change.isPending}
      onChange={(event) => change.mutate({ id, trusted: event.currentTarget.checked })}
    />
  );
}
