/** SVG paths on a 16 × 16 grid, all with the same stroke width. */
const paths = {
  alerts: "M2 4h12M2 8h12M2 12h7",
  chart: "M2.5 14h11M4.5 11.5V8M8 11.5v-8M11.5 11.5V6",
  send: "M14 2 7 9M14 2l-4 12-3-5-5-3z",
  plug: "M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2",
  bell: "M4 11.5V7a4 4 0 0 1 8 0v4.5M2.5 11.5h11M6.5 14h3",
  people:
    "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.8 2-4.5 4.5-4.5s4.5 1.7 4.5 4.5zM11 7a2 2 0 1 0 0-4M12 9c1.6.5 2.5 2 2.5 4.5",
  mail: "M2 3.5h12v9H2zM2 4l6 5 6-5",
  radar: "M8 2a6 6 0 1 0 6 6M8 5a3 3 0 1 0 3 3M8 8l5-5",
  hash: "M6 2 5 14M11 2l-1 12M2.5 5.5h11M2 10.5h11",
  users:
    "M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.8c1.5.6 2.5 1.9 2.5 3.7",
  shield: "M8 1.5 13 3.5v4c0 3.4-2.2 5.9-5 7-2.8-1.1-5-3.6-5-7v-4zM5.8 8l1.6 1.6 3-3.2",
  key: "M10.5 9A3.5 3.5 0 1 0 7.2 6.5L2 11.7V14h2.5v-1.5H6V11h1.5l.9-.9",
  audit: "M4 2h6l3 3v9H4zM6.5 7.5h4M6.5 10.5h4",
  sliders:
    "M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.5 10.5 14 14",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
  screen: "M2 3h12v8H2zM6 14h4M8 11v3",
  menu: "M2 4h12M2 8h12M2 12h12",
  down: "m4 6 4 4 4-4",
  right: "m6 4 4 4-4 4",
  up: "m4 10 4-4 4 4",
  left: "m10 4-4 4 4 4",
  check: "m3 8.5 3.5 3.5L13 4.5",
  close: "m4 4 8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  copy: "M6 6h7.5v7.5H6zM10 6V2.5H2.5V10H6",
  dots: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  external: "M6 3H3v10h10v-3M9 3h4v4M13 3 7.5 8.5",
  signOut: "M7 3H3v10h4M10 5l3 3-3 3M13 8H6",
  warning: "M8 2 1.5 13.5h13zM8 6.5v3M8 11.5h.01",
  person: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.5l2 1.5",
  comment: "M2 3h12v8.5H7L4 14v-2.5H2z",
  repeat: "M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5",
} as const;

export type IconName = keyof typeof paths;

/** A decorative icon. Without text beside it, its parent needs an aria-label. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flexShrink: 0 }}
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** Tocsin's icon, the same drawing as `public/bell.svg`: a bell seen from the side, in two strokes. */
export function Bell({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox=".3 1.7 13.5 13.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M1.6 10.9c1.9-.6 2.5-2 3-4C5.3 3.9 7 2.2 9.3 2.8s3.1 2.9 2.3 5.9c-.5 2-.7 3.5.7 4.9Z" />
      <path d="M4.8 13.1c.1 1.1 1.3 1.7 2.6 1.1" />
    </svg>
  );
}
