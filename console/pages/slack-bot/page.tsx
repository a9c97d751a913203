import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { startStep } from "../../slack-bot/start-step.ts";
import { whereLeft } from "../../slack-bot/where-left.ts";

/** Leads to the step at which one was, or to the first. */
export function StartPage() {
  const query = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  return (
    <Loaded query={query} what="Slack app">
      {({ installations }) => {
        const step = startStep({ left: whereLeft.read(), appWorks: installations.length > 0 });
        return <Navigate to={`/configure/destinations/new/slack-bot/${step}`} replace />;
      }}
    </Loaded>
  );
}
