import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearch } from "@tanstack/react-router";
import type { SlackBotBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyLine } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { useChange } from "../../forms/use-change.ts";
import css from "./wizard.module.css";
import { Wizard } from "./wizard.tsx";

/** An event tells of the invitation; where it gets lost, a look tells a moment later. */
const lookMs = 3000;

/** The last step: the bot into the channel, a message to see, and its button pressed. */
export function FinishStep() {
  const { destination } = useSearch({ from: "/shell/configure/destinations/new/slack-bot/finish" });
  // The address was kept without its end: there is nothing to finish.
  if (destination === undefined) return <Navigate to="/configure/destinations/new/slack-bot" replace />;
  return <Finishing id={destination} />;
}

function Finishing({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ["destinations", id],
    queryFn: () => setupApi.destination(id),
    refetchInterval: lookMs,
  });
  return (
    <Wizard step="finish" about="Two things are left to do in Slack, and then alerts come.">
      <Loaded query={query} what="destination">
        {(destination) =>
          destination.type === "slack-bot" ? (
            <>
              <Invite destination={destination} />
              <Welcome destination={destination} />
              <div className={css.end}>
                <Button component={Link} to="/configure/destinations">
                  Finish Setup
                </Button>
              </div>
            </>
          ) : (
            <Empty title="This destination needs nothing more">
              <p>It is no channel of Slack, so nobody has to be invited.</p>
            </Empty>
          )
        }
      </Loaded>
    </Wizard>
  );
}

function Invite({ destination: { channel, state } }: { destination: SlackBotBody }) {
  const inside = state.kind === "ok";
  return (
    <section className={css.panel} aria-labelledby="invite">
      <h2 id="invite">1. Invite the bot to #{channel.name}</h2>
      <p>In Slack, open #{channel.name} and send this as a message:</p>
      <CopyLine text="/invite @Tocsin" what="command" />
      <div className={css.note} data-tone={inside ? "good" : "warn"} role="status">
        {inside ? (
          <span className={css.row}>
            <Icon name="check" size={14} /> The bot is in #{channel.name}. Alerts go there.
          </span>
        ) : (
          <>
            {state.remedy ?? "Waiting for the bot to come in."} Alerts wait until then; this page notices by
            itself.
          </>
        )}
      </div>
    </section>
  );
}

function Welcome({ destination: { id, channel } }: { destination: SlackBotBody }) {
  const welcome = useChange({
    change: () => setupApi.welcome(id),
    refresh: "destinations",
    failed: "No welcome message was sent.",
  });
  return (
    <section className={css.panel} aria-labelledby="welcome">
      <h2 id="welcome">2. Say hello</h2>
      <p>
        A welcome message tells #{channel.name} what will appear there. Its button{" "}
        <strong>Test the buttons</strong> proves that Slack reaches Tocsin, and by HTTP that the signing
        secret is right.
      </p>
      <div className={css.row}>
        <Button
          variant="default"
          loading={welcome.isPending}
          onClick={() => welcome.mutate(undefined)}
          rightSection={<Icon name="send" size={14} />}
        >
          Send Welcome Message
        </Button>
      </div>
      {welcome.isSuccess ? (
        <p className={css.note} data-tone="good" role="status">
          It is in #{channel.name}. Press <strong>Test the buttons</strong> there: Slack answers whoever
          pressed it, at once.
        </p>
      ) : null}
    </section>
  );
}
