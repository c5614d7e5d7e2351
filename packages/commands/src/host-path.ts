/**
 * Last guard before a path goes to a host: absolute, no `.` or `..` parts, no control characters. Paths are made by the
 * planner or read from the host; one that fails here is a programming error or an attack, never a typing mistake.
 * @throws Error
 */
export function hostPath(path: string): string {
  const parts = path.split('/');
  if (
    !path.startsWith('/') ||
    parts.includes('..') ||
    parts.includes('.') ||
    /\p{Cc}/u.test(path) ||
    path === '/'
  )
    throw new Error(`not a path that may go to a host: ${JSON.stringify(path.slice(0, 200))}`);
  return path;
}
