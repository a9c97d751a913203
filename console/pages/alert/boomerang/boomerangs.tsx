import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertBody } from "../../../../src/triage/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { Loaded } from "../../../components/lists/loaded.tsx";
import { usePermission } from "../../../session/use-session.ts";
import alertCss from "../alert.module.css";
import css from "./boomerang.module.css";
import { BoomerangForm } from "./boomerang-form.tsx";
import { Question } from "./question.tsx";

/** The alert's Boomerangs, newest first, with a button to send one. */
export function Boomerangs({ alert }: { alert: AlertBody }) {
  const canManage = usePermission("Manage Alerts");
  const [dialogOpen, setDialogOpen] = useState(false);
  const query = useQuery({
    queryKey: ["alert-parts", alert.id, "boomerangs"],
    queryFn: () => boomerangsApi.list(alert.id),
  });
  return (
    <section className={alertCss.panel} aria-labelledby="boomerangs">
      <div className={css.head}>
        <h2 id="boomerangs">Boomerangs</h2>
        {canManage ? (
          <Button variant="default" size="compact-sm" onClick={() => setDialogOpen(true)}>
            Ask someone
          </Button>
        ) : null}
      </div>
      <Loaded query={query} label="Boomerangs">
        {({ results }) =>
          results.length > 0 ? (
            <ul className={css.questions}>
              {results.toReversed().map((boomerang) => (
                <Question key={boomerang.id} boomerang={boomerang} alert={alert} />
              ))}
            </ul>
          ) : (
            <p className={css.empty}>
              Nobody has been asked yet. Asking “Was this you?” often resolves an alert.
            </p>
          )
        }
      </Loaded>
      {dialogOpen ? <BoomerangDialog alert={alert} onClose={() => setDialogOpen(false)} /> : null}
    </section>
  );
}

interface Props {
  alert: AlertBody;
  onClose: () => void;
}

/** Loads the draft, then shows the form, whose preview comes before sending. */
function BoomerangDialog({ alert, onClose }: Props) {
  const draft = useQuery({
    queryKey: ["boomerang-draft", alert.id],
    queryFn: () => boomerangsApi.draft(alert.id),
    gcTime: 0,
  });
  const title = `Ask someone about #${alert.number}`;
  if (draft.data)
    return <BoomerangForm alertId={alert.id} title={title} draft={draft.data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      <Loaded query={draft} label="form">
        {() => null}
      </Loaded>
    </Modal>
  );
}
