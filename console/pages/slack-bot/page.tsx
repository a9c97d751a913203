import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { type Step, savedStep } from "./setup-progress.ts";

/** Redirects to the saved step, or to the first one. */
export function SlackBotStart() {
  const query = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  return (
    <Loaded query={query} label="Slack app">
      {({ installations }) => {
        const step = startStep({ saved: savedStep.read(), appInstalled: installations.length > 0 });
        return <Navigate to={`/configure/destinations/new/slack-bot/${step}`} replace />;
      }}
    </Loaded>
  );
}

/** The step to start or continue with. An installed app is reused. */
export function startStep(progress: { saved: Step | null; appInstalled: boolean }): "app" | "form" {
  return progress.appInstalled || progress.saved === "form" ? "form" : "app";
}
