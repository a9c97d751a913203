import { Button } from "@mantine/core";
import type { AlertRow } from "../../src/triage/contract.ts";
import { TriageControls } from "../triage/triage-controls.tsx";
import css from "../pages/alerts/alerts.module.css";

/** What can be done with the selected rows, at the lower edge while there are any. */
export function BulkBar({ alerts, onClear }: { alerts: AlertRow[]; onClear: () => void }) {
  return (
    <section className={css.bulk} aria-label="Selected alerts">
      <strong>{alerts.length} selected</strong>
      <TriageControls alerts={alerts} />
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
    </section>
  );
}
