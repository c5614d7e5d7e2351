/** Whether an Origin header names the very host that was asked, or the address that people type. */
export function isOwnOrigin(
  origin: string | null | undefined,
  host: string | null | undefined,
  publicUrl: URL | null,
): boolean {
  if (!origin || !host || !URL.canParse(origin)) return false;
  const { protocol, host: originHost, origin: normal } = new URL(origin);
  // An Origin is scheme://host[:port] and nothing else; anything longer was not written by a browser.
  if (normal !== origin.toLowerCase()) return false;
  if (publicUrl && normal === publicUrl.origin) return true;
  return (protocol === 'http:' || protocol === 'https:') && originHost === host.toLowerCase();
}
