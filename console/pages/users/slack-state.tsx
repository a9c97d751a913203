import { Text } from "@mantine/core";
import type { UserBody } from "../../../src/people/contract.ts";

/** Who a user is in Slack, in each workspace: linked by an admin, found by email, or why not. */
export function SlackState({ user }: { user: UserBody }) {
  const { slackUsers, slackMatches, enabled } = user;
  const linked = new Set(slackUsers.map(({ installationId }) => installationId));
  const looked = enabled ? slackMatches.filter(({ installationId }) => !linked.has(installationId)) : [];
  const named = slackMatches.length > 1;
  if (enabled && slackUsers.length === 0 && slackMatches.length === 0)
    return <Line isGood={false}>Slack isn't connected</Line>;
  return (
    <>
      {slackUsers.map(({ slackUserId, name }) => (
        <Line key={slackUserId} isGood title={slackUserId}>
          Linked to @{name}
        </Line>
      ))}
      {looked.map((match) => (
        <Line
          key={match.installationId}
          isGood={match.state === "matches"}
          title={match.lookedUpAt ? `Looked up ${new Date(match.lookedUpAt).toLocaleString()}` : undefined}
        >
          {named ? `${match.workspace}: ` : ""}
          {describe(match)}
        </Line>
      ))}
    </>
  );
}

function Line({
  isGood,
  title,
  children,
}: {
  isGood: boolean;
  title?: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <Text size="sm" c={isGood ? undefined : "dimmed"} title={title}>
      {children}
    </Text>
  );
}

function describe({ state, name, why }: UserBody["slackMatches"][number]): string {
  switch (state) {
    case "matches":
      return `Matches @${name}`;
    case "none":
      return "Nobody has this email";
    case "refused":
      return `@${name} doesn't count: ${why}`;
    case "failed":
      return `Couldn't be looked up (${why})`;
    case "unknown":
      return "Not looked up yet";
    default:
      return state satisfies never;
  }
}
