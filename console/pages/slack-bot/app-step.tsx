import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import type { Way } from "./install-steps.ts";
import { Instructions } from "./instructions.tsx";
import { ManifestPanel } from "./manifest-panel.tsx";
import { Questions } from "./manifest-settings.tsx";
import css from "./wizard.module.css";
import { Wizard } from "./wizard.tsx";

/** The first step: the app's manifest, and what to do with it in Slack. */
export function AppStep() {
  const [asked, setAsked] = useState<Partial<ManifestSettings>>({});
  const [way, setWay] = useState<Way>();
  const go = useNavigate();
  const query = useQuery({
    queryKey: ["slack-manifest", asked],
    queryFn: () => setupApi.manifest(asked),
    placeholderData: keepPreviousData,
  });
  return (
    <Wizard
      step="app"
      about="Slack calls a bot an app. You make it once, from a manifest; every later destination uses it."
    >
      <Loaded query={query} what="manifest">
        {(manifest) => {
          const { settings, appsUrl, requestText } = manifest;
          const shownWay = way ?? (settings.orgWide ? "grid" : "admin");
          return (
            <>
              <Questions
                settings={{ ...settings, ...asked }}
                way={shownWay}
                onSettings={(change) => setAsked({ ...settings, ...asked, ...change })}
                onWay={(chosen) => {
                  setWay(chosen);
                  setAsked({ ...settings, ...asked, orgWide: chosen === "grid" });
                }}
              />
              <ManifestPanel manifest={manifest} />
              <Instructions way={shownWay} mode={settings.mode} appsUrl={appsUrl} requestText={requestText} />
              <div className={css.end}>
                <Button onClick={() => void go({ to: "/configure/destinations/new/slack-bot/form" })}>
                  Continue
                </Button>
              </div>
            </>
          );
        }}
      </Loaded>
    </Wizard>
  );
}
