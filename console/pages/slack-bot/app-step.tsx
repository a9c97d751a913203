import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { Instructions } from "./instructions.tsx";
import { ManifestPanel } from "./manifest-panel.tsx";
import { ManifestOptions } from "./manifest-settings.tsx";
import css from "./wizard.module.css";
import { Wizard } from "./wizard.tsx";

/** The first step: the app's manifest, and what to do in Slack. */
export function AppStep() {
  const [options, setOptions] = useState<Partial<ManifestSettings>>({});
  const [approval, setApproval] = useState(false);
  const navigate = useNavigate();
  const query = useQuery({
    queryKey: ["slack-manifest", options],
    queryFn: () => setupApi.manifest(options),
    placeholderData: keepPreviousData,
  });
  return (
    <Wizard
      step="app"
      intro="In Slack, a bot is called an app. You create it once, from a manifest; later destinations reuse it."
    >
      <Loaded query={query} label="manifest">
        {(manifest) => {
          const { settings, appsUrl, requestText } = manifest;
          return (
            <>
              <ManifestOptions
                settings={{ ...settings, ...options }}
                approval={approval}
                onSettings={(change) => setOptions({ ...settings, ...options, ...change })}
                onApproval={setApproval}
              />
              <ManifestPanel manifest={manifest} />
              <Instructions
                approval={approval}
                grid={settings.orgWide}
                mode={settings.mode}
                appsUrl={appsUrl}
                requestText={requestText}
              />
              <div className={css.end}>
                <Button onClick={() => void navigate({ to: "/configure/destinations/new/slack-bot/form" })}>
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
