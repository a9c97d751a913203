import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertBody } from "../../../../src/triage/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { Loaded } from "../../../components/lists/loaded.tsx";
import { useMay } from "../../../session/use-session.ts";
import alertCss from "../alert.module.css";
import { AskForm } from "./ask-form.tsx";
import css from "./boomerang.module.css";
import { Question } from "./question.tsx";

/** What was asked about the alert, newest first, and the way to ask. */
export function Boomerangs({ alert }: { alert: AlertBody }) {
  const mayManage = useMay("Manage Alerts");
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: ["of-alert", alert.id, "boomerangs"],
    queryFn: () => boomerangsApi.list(alert.id),
  });
  return (
    <section className={alertCss.panel} aria-labelledby="boomerangs">
      <div className={css.head}>
        <h2 id="boomerangs">Boomerangs</h2>
        {mayManage ? (
          <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
            Ask somebody
          </Button>
        ) : null}
      </div>
      <Loaded query={query} what="Boomerangs">
        {({ results }) =>
          results.length > 0 ? (
            <ul className={css.questions}>
              {results.toReversed().map((asked) => (
                <Question key={asked.id} asked={asked} alert={alert} />
              ))}
            </ul>
          ) : (
            <p className={css.none}>Nobody was asked yet. “Was this you?” often settles an alert.</p>
          )
        }
      </Loaded>
      {asking ? <AskDialog alert={alert} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

interface Props {
  alert: AlertBody;
  onClose: () => void;
}

/** Asks whom to ask what, shows exactly what they will see, and only then sends. */
function AskDialog({ alert, onClose }: Props) {
  const draft = useQuery({
    queryKey: ["boomerang-draft", alert.id],
    queryFn: () => boomerangsApi.draft(alert.id),
    gcTime: 0,
  });
  const title = `Ask somebody about #${alert.number}`;
  if (draft.data) return <AskForm alertId={alert.id} title={title} draft={draft.data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      <Loaded query={draft} what="form">
        {() => null}
      </Loaded>
    </Modal>
  );
}
