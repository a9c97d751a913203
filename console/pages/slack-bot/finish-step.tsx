import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearch } from "@tanstack/react-router";
import type { SlackBotBody } from "../../../src/deliver/slack-bot/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { Time } from "../../components/time.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { isSlackBot } from "../destinations/destination-types.ts";
import css from "./wizard.module.css";
import { Wizard } from "./wizard.tsx";

/** An invitation arrives as an event; polling covers events that get lost. */
const pollMs = 3000;

/** The last step: invite the bot, and test it with a welcome message. */
export function FinishStep() {
  const { destination } = useSearch({ from: "/shell/configure/destinations/new/slack-bot/finish" });
  // Without a destination in the URL there is nothing to finish.
  if (destination === undefined) return <Navigate to="/configure/destinations/new/slack-bot" replace />;
  return <FinishDestination id={destination} />;
}

function FinishDestination({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ["destinations", id],
    queryFn: () => setupApi.destination(id),
    refetchInterval: pollMs,
  });
  return (
    <Wizard step="finish" intro="Two steps are left in Slack, then alerts arrive.">
      <Loaded query={query} label="destination">
        {(destination) =>
          isSlackBot(destination) ? (
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
            <Empty title="Nothing left to set up">
              <p>This is not a Slack channel; no invitation is needed.</p>
            </Empty>
          )
        }
      </Loaded>
    </Wizard>
  );
}

function Invite({ destination: { channel, state, botName } }: { destination: SlackBotBody }) {
  const isMember = state.kind === "ok";
  return (
    <section className={css.panel} aria-labelledby="invite">
      <h2 id="invite">1. Invite the bot to #{channel.name}</h2>
      <p>In Slack, open #{channel.name} and send this as a message:</p>
      <CopyBlock text={`/invite @${botName ?? "Tocsin"}`} label="command" />
      <div className={css.note} data-tone={isMember ? "good" : "warn"} role="status">
        {isMember ? (
          <span className={css.row}>
            <Icon name="check" size={14} /> The bot is in #{channel.name}. Alerts will be posted there.
          </span>
        ) : (
          <>
            {state.remedy ?? "Waiting for the invitation."} Alerts wait until then. This page updates
            automatically.
          </>
        )}
      </div>
    </section>
  );
}

function Welcome({ destination: { id, channel, buttonsTestedAt } }: { destination: SlackBotBody }) {
  const welcome = useApiMutation({
    mutationFn: () => setupApi.welcome(id),
    invalidates: "destinations",
    failure: "The welcome message was not sent.",
  });
  return (
    <section className={css.panel} aria-labelledby="welcome">
      <h2 id="welcome">2. Send a welcome message</h2>
      <p>
        The welcome message tells #{channel.name} what to expect. Its button <strong>Test the buttons</strong>{" "}
        checks that Slack reaches Tocsin and, over HTTP, that the signing secret is correct.
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
      {buttonsTestedAt ? (
        <p className={css.note} data-tone="good" role="status">
          <span className={css.row}>
            <Icon name="check" size={14} /> The buttons work: somebody pressed them{" "}
            <Time at={buttonsTestedAt} />.
          </span>
        </p>
      ) : welcome.isSuccess ? (
        <p className={css.note} data-tone="warn" role="status">
          The message was posted in #{channel.name}. Press <strong>Test the buttons</strong> there. This page
          shows when the click arrives.
        </p>
      ) : null}
    </section>
  );
}
