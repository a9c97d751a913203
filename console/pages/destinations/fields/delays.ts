interface Delay {
  /** The option without a delay. */
  none: string;
  /** What happens after it, which begins each option. */
  verb: string;
  /** Undefined without a delay. */
  minutes: number | undefined;
  onChange: (minutes: number | undefined) => void;
}

const none = "none";

/** The props of a Select that offers delays. One that was set by the API is offered too. */
export function delayOptions({ none: noneLabel, verb, minutes, onChange }: Delay) {
  const chosen = minutes === undefined ? none : String(minutes);
  const custom = minutes === undefined || chosen in delays ? [] : [[chosen, `after ${chosen} minutes`]];
  const options = [...custom, ...Object.entries(delays)];
  return {
    data: [
      { value: none, label: noneLabel },
      ...options.map(([value = "", when]) => ({ value, label: `${verb} ${when}` })),
    ],
    value: chosen,
    onChange: (value: string | null) =>
      onChange(value === null || value === none ? undefined : Number(value)),
    allowDeselect: false,
  };
}

/** By minutes. */
const delays = {
  "5": "after 5 minutes",
  "15": "after 15 minutes",
  "30": "after 30 minutes",
  "60": "after 1 hour",
  "240": "after 4 hours",
  "1440": "after 1 day",
} as const;
