import { useQuery } from "@tanstack/react-query";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { SettingsPage as Page } from "../../components/settings-page.tsx";
import { TriageForm } from "../../settings/triage-form.tsx";

export function SettingsPage() {
  const query = useQuery({ queryKey: ["settings"], queryFn: setupApi.settings });
  return (
    <Page title="Settings" about="What holds for every alert, whoever triages it and from where.">
      <Loaded query={query} what="settings">
        {(settings) => <TriageForm settings={settings} />}
      </Loaded>
    </Page>
  );
}
