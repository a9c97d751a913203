import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { sourceApi } from "../../api/sources.ts";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { toasts } from "../../components/toasts.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import bodiesCss from "./bodies.module.css";
import { BodyRow, replayText } from "./body-row.tsx";
import css from "./source.module.css";

interface Props {
  source: SourceBody;
  canManage: boolean;
}

const tabs = { refused: "Refused", warned: "Taken with warnings" };
type Tab = keyof typeof tabs;
const choices: { value: Tab; label: string }[] = [
  { value: "refused", label: tabs.refused },
  { value: "warned", label: tabs.warned },
];

const nothing = {
  refused: "Nothing that arrived in the last 7 days was refused.",
  warned: "Everything that was taken in the last 7 days was understood.",
} satisfies Record<Tab, string>;

const intro = {
  refused:
    "Kept for 7 days, without secrets. Once the source's settings or the tool are mended, replay them: reports that were taken before don't count again.",
  warned: "Their reports became alerts, with defaults in the place of what was not understood.",
} satisfies Record<Tab, string>;

/** The bodies of the last days that were refused, or understood only in part. */
export function NotUnderstood({ source: { id, refusedBodies }, canManage }: Props) {
  const [tab, setTab] = useState<Tab>("refused");
  const pages = usePages(["sources", id, "bodies", tab], (cursor) =>
    sourceApi.bodies(id, { reports: tab, cursor }),
  );
  const replay = useApiMutation({
    mutationFn: () => sourceApi.replayAll(id),
    invalidates: "sources",
    failure: "The bodies were not replayed.",
    onSuccess: (done) => toasts.show(replayText(done)),
  });
  return (
    <section className={css.panel} aria-labelledby="not-understood">
      <div className={css.panelHead}>
        <h2 id="not-understood">Not understood</h2>
        <SegmentedControl
          size="xs"
          aria-labelledby="not-understood"
          data={choices}
          value={tab}
          onChange={setTab}
        />
      </div>
      <Loaded query={pages} label="bodies that were not understood">
        {(bodies) =>
          bodies.length === 0 ? (
            <p className={css.quiet}>{nothing[tab]}</p>
          ) : (
            <>
              <div className={bodiesCss.intro}>
                <p className={css.quiet}>{intro[tab]}</p>
                {canManage && tab === "refused" && refusedBodies > 0 ? (
                  <Button
                    variant="default"
                    size="compact-sm"
                    leftSection={<Icon name="repeat" size={14} />}
                    loading={replay.isPending}
                    onClick={() => replay.mutate(undefined)}
                  >
                    Replay all
                  </Button>
                ) : null}
              </div>
              <ul className={bodiesCss.bodies}>
                {bodies.map((body) => (
                  <BodyRow key={body.id} sourceId={id} body={body} canManage={canManage} />
                ))}
              </ul>
              <LoadMore pages={pages} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}
