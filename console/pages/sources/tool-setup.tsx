import type { SourceKindBody } from "../../../src/ingest/contract.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { curl, type Target, toolConfig } from "./curl.ts";
import css from "./sources.module.css";

interface Props {
  kind: SourceKindBody;
  target: Target;
}

/** How reports of this kind get to a source: what to set in the tool, and a command to try it without the tool. */
export function ToolSetup({ kind, target }: Props) {
  const config = toolConfig(kind, target);
  return (
    <div className={css.setup}>
      <p>{kind.setup}</p>
      {config === null ? null : <CopyBlock text={config} label="configuration" />}
      <p>Or send a first report with curl:</p>
      <CopyBlock text={curl(kind, target)} label="command" />
    </div>
  );
}
