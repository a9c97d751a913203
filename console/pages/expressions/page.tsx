import { useParams } from "@tanstack/react-router";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { Empty } from "../../components/lists/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { usePermission } from "../../session/use-session.ts";
import { SourceAndKinds } from "../source/source-and-kinds.tsx";
import { ExpressionsEditor } from "./editor.tsx";
import css from "./expressions.module.css";

/** The page on which people write the expressions of a source, and see at once what they make of a sample. */
export function ExpressionsPage() {
  const { source: id } = useParams({ from: "/shell/configure/sources/$source/expressions" });
  return (
    <SourceAndKinds id={id}>
      {(source, kinds) => (
        <SourceExpressions source={source} kind={kinds.find(({ kind }) => kind === source.kind)} />
      )}
    </SourceAndKinds>
  );
}

function SourceExpressions({ source, kind }: { source: SourceBody; kind: SourceKindBody | undefined }) {
  const canManage = usePermission("Manage Sources");
  return (
    <article className={css.page}>
      <PageHead back={{ to: "/configure/sources", label: "Sources" }} name={`Expressions of ${source.name}`}>
        <p>
          {kind?.byExpressions
            ? "Say where the fields of an alert are in what the tool sends."
            : `${kind?.label ?? source.kind} is read by Tocsin itself. Here you can change which of its reports belong together.`}{" "}
          Expressions are written in{" "}
          <a href="https://docs.jsonata.org/simple" target="_blank" rel="noreferrer">
            JSONata
          </a>
          : a path such as <code>host.name</code> is one already.
        </p>
      </PageHead>
      {canManage && kind ? (
        <ExpressionsEditor key={source.id} source={source} kind={kind} />
      ) : (
        <Empty title="You can't change expressions">
          <p>
            You need the permission Manage Sources, and a version of Tocsin that knows this kind of source.
          </p>
        </Empty>
      )}
    </article>
  );
}
