/** A place in this portal to go back to; anything else becomes Home (no open redirect). */
export function safeReturnPath(path: string | null): string {
  if (!path?.startsWith('/') || path.startsWith('//') || path.includes('\\') || path.startsWith('/login'))
    return '/';
  return path;
}

/** Leaves for the sign-in page, keeping where we were. A full load, so that nothing of the old session stays in memory. */
export function goToLogin(): void {
  const { pathname, search } = window.location;
  if (pathname === '/login') return;
  const back = `${pathname}${search}`;
  window.location.assign(back === '/' ? '/login' : `/login?return=${encodeURIComponent(back)}`);
}
