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
