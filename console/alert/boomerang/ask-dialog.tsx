import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { boomerangsApi } from "../../api/boomerangs.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { AskForm } from "../../pages/alert/boomerang/ask-form.tsx";

interface Props {
  alert: AlertBody;
  onClose: () => void;
}

/** Asks whom to ask what, shows exactly what they will see, and only then sends. */
export function AskDialog({ alert, onClose }: Props) {
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
