import {
  type ComboboxItem,
  type ComboboxParsedItem,
  type OptionsFilter,
  Select,
  type SelectProps,
} from "@mantine/core";
import type { SourceKindBody } from "../../../src/ingest/contract.ts";

interface Props extends SelectProps {
  kinds: SourceKindBody[];
}

/** The choice of a kind: formats for any tool, then the tools by name. */
export function KindSelect({ kinds, ...field }: Props) {
  const [general, tools] = [true, false].map((forAnyTool) =>
    kinds.filter((kind) => kind.forAnyTool === forAnyTool).map(({ kind, label }) => ({ value: kind, label })),
  );
  return (
    <Select
      label="Kind"
      description="The tool, or the format of its reports. Type to search."
      data={[
        { group: "For any tool", items: general ?? [] },
        { group: "Tools", items: (tools ?? []).sort((a, b) => a.label.localeCompare(b.label)) },
      ]}
      filter={searchOf(kinds)}
      searchable
      // So that typing replaces the current choice.
      onFocus={(event) => event.currentTarget.select()}
      nothingFoundMessage="No such kind. Many tools can post to a Slack incoming webhook."
      maxDropdownHeight={320}
      allowDeselect={false}
      {...field}
    />
  );
}

/** Finds kinds by name first, then by what has to be set in the tool, such as "Kibana" or "falcosidekick". */
function searchOf(kinds: SourceKindBody[]): OptionsFilter {
  const names = new Map(kinds.map(({ kind, label }) => [kind, `${label} ${kind}`.toLowerCase()]));
  const setups = new Map(kinds.map(({ kind, setup }) => [kind, setup.toLowerCase()]));
  return ({ options, search }) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const foundIn = (texts: Map<string, string>) => {
      return ({ value }: ComboboxItem) => words.every((word) => texts.get(value)?.includes(word));
    };
    const [named, told] = [foundIn(names), foundIn(setups)];
    return options.flatMap<ComboboxParsedItem>((option) => {
      if (!("group" in option)) return named(option) ? [option] : [];
      const others = option.items.filter((item) => told(item) && !named(item));
      const items = [...option.items.filter(named), ...others];
      return items.length > 0 ? [{ ...option, items }] : [];
    });
  };
}
