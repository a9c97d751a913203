import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { SilenceBody } from "../../../src/silence/contract.ts";
import { silencesApi } from "../../api/silences.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { usePermission } from "../../session/use-session.ts";
import { SilenceForm } from "../../silences/silence-form.tsx";
import { ChangeForm } from "./change-form.tsx";
import { EndDialog } from "./end-dialog.tsx";
import { SilenceRow } from "./silence-row.tsx";
import css from "./silences-page.module.css";

const views = [
  { value: "running", label: "Running" },
  { value: "past", label: "Past" },
];

export function SilencesPage() {
  const [state, setState] = useState("running");
  const pages = usePages(["silences", "pages", state], (cursor) => silencesApi.list({ state, cursor }));
  const canManage = usePermission("Manage Alerts");
  const [creating, setCreating] = useState(false);
  const [changing, setChanging] = useState<SilenceBody>();
  const [ending, setEnding] = useState<SilenceBody>();
  const create = canManage ? (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setCreating(true)}>
      Create silence
    </Button>
  ) : null;
  return (
    <ConfigurePage
      title="Silences"
      intro="Rules that keep matching alerts away from people for a while. Silenced alerts are kept and listed."
      action={create}
    >
      <div className={css.views}>
        <SegmentedControl aria-label="Which silences" data={views} value={state} onChange={setState} />
      </div>
      <Loaded query={pages} label="silences">
        {(silences) =>
          silences.length > 0 ? (
            <PlainTable
              label="Silences"
              heads={["Covers", "Reason", "Alerts", state === "running" ? "Ends" : "Ended", ""]}
            >
              {silences.map((silence) => (
                <SilenceRow
                  key={silence.id}
                  silence={silence}
                  onChange={canManage ? () => setChanging(silence) : undefined}
                  onEnd={canManage ? () => setEnding(silence) : undefined}
                />
              ))}
            </PlainTable>
          ) : (
            <NoSilences past={state === "past"} />
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
      {creating ? <SilenceForm start={{ values: {} }} onClose={() => setCreating(false)} /> : null}
      {changing ? <ChangeForm silence={changing} onClose={() => setChanging(undefined)} /> : null}
      {ending ? <EndDialog silence={ending} onClose={() => setEnding(undefined)} /> : null}
    </ConfigurePage>
  );
}

function NoSilences({ past }: { past: boolean }) {
  if (past)
    return (
      <Empty title="No past silences">
        <p>A silence is listed here once it is over, with the alerts that it silenced.</p>
      </Empty>
    );
  return (
    <Empty title="No silences are running">
      <p>Create one here, from an alert's page, or in Slack with “Snooze like this…” in a card's ⋯ menu.</p>
    </Empty>
  );
}
