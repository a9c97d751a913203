import { Switch } from "@mantine/core";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { StatePill } from "../../components/marks.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useMay } from "../../session/use-session.ts";
import css from "./slack-app.module.css";

/** Where the app is installed, whether Slack lets it work there, and what it may do. */
export function Installations({ app }: { app: SlackAppBody }) {
  return (
    <section className={css.panel} aria-labelledby="installed">
      <h2 id="installed">Installed in</h2>
      {app.installations.length === 0 ? (
        <p>
          Nowhere yet. Create an app at{" "}
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
      <div className={css.where}>
        <strong className="wrap">{team?.name ?? enterprise?.name ?? "A workspace"}</strong>
        {team && enterprise ? <span>of {enterprise.name}</span> : null}
        <code>{botUserId}</code>
        <StatePill kind={state.kind} />
      </div>
      {working ? null : (
        <p className={css.fault} role="alert">
          {state.remedy ?? "Slack refuses the app's token."} {state.fault ? <code>{state.fault}</code> : null}
        </p>
      )}
      <Trust installation={installation} />
      <Scopes label="Granted scopes" names={grantedScopes} />
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

/** Whether a workspace's e-mails say who acts; a decision about users. */
function Trust({ installation }: { installation: SlackAppBody["installations"][number] }) {
  const mayChange = useMay("Manage Users");
  const { id, trusted } = installation;
  const change = useChange({
    change: setupApi.trustInstallation,
    refresh: "slack-app",
    failed: "Nothing was changed.",
  });
  return (
    <Switch
      mt="sm"
      label="Trust its e-mail addresses"
      description="Its members act in Tocsin as the user who has their address. Whoever runs the workspace can set addresses: trust only your own."
      checked={trusted}
      disabled={!mayChange || change.isPending}
      onChange={(event) => change.mutate({ id, trusted: event.currentTarget.checked })}
    />
  );
}
