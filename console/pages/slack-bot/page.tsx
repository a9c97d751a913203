import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { type Step, whereLeft } from "./setup-progress.ts";

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

/** Where somebody who comes, or comes back, goes on: an app that works needs no second one. */
export function startStep(known: { left: Step | null; appWorks: boolean }): "app" | "form" {
  return known.appWorks || known.left === "form" ? "form" : "app";
}
