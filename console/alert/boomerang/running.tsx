import { Button } from "@mantine/core";
import type { BoomerangBody } from "../../../src/boomerang/contract.ts";
import { boomerangsApi } from "../../api/boomerangs.ts";
import { useChange } from "../../forms/use-change.ts";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { useMay } from "../../session/use-session.ts";
import css from "../../pages/alert/boomerang/boomerang.module.css";

/** Says that repeats for somebody open no alert at the moment, until when, and how that ends before. */
export function Running({ recipient }: { recipient: BoomerangBody["recipients"][number] }) {
  const mayManage = useMay("Manage Alerts");
  const { suppression } = recipient;
  const end = useChange({
    change: (running: string) => boomerangsApi.endSuppression(running),
    refresh: "of-alert",
    done: `Repeats for ${reveal(recipient.name)} open alerts again.`,
    failed: "Nothing was changed.",
  });
  if (!suppression) return null;
  return (
    <div className={css.suppression}>
      <span>
        Repeats join this alert silently; ends <Time at={suppression.until} />, or when the alert is reopened
      </span>
      {mayManage ? (
        <Button
          variant="default"
          size="compact-xs"
          loading={end.isPending}
          onClick={() => end.mutate(suppression.id)}
        >
          End now
        </Button>
      ) : null}
    </div>
  );
}
