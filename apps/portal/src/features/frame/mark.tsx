/** Vireo's mark: a small bird made of two leaves. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0 text-brand">
      <path d="M3 7c9-1 13 4 13 12-8 1-13-4-13-12Z" fill="currentColor" />
      <path d="M29 4c1 12-4 20-15 24 0-12 4-20 15-24Z" fill="currentColor" opacity=".72" />
      <circle cx="24" cy="9.5" r="1.3" fill="var(--surface)" />
    </svg>
  );
}
