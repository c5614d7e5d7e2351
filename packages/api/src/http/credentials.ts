import type { SessionCarrier } from '../context.ts';

/** The session cookie's name; `__Host-` makes browsers insist on Secure, Path=/ and no Domain. */
function sessionCookieName(publicUrl: URL | null): string {
  return publicUrl?.protocol === 'https:' ? '__Host-vireo' : 'vireo_session';
}

export interface Credentials {
  kind: 'none' | 'cookie' | 'bearer';
  token: string;
}

/** What a request brings to prove who it is. A bearer token wins: no browser adds one by itself. */
export function credentialsOf(headers: Headers, publicUrl: URL | null): Credentials {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    return { kind: 'bearer', token: /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '' };
  }
  const name = sessionCookieName(publicUrl);
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return { kind: 'cookie', token: value };
  }
  return { kind: 'none', token: '' };
}

/** Hands the session to a browser as a cookie that scripts can't read and other sites can't send. */
export function cookieCarrier(publicUrl: URL | null, headers: Headers): SessionCarrier {
  const secure = publicUrl?.protocol === 'https:' ? '; Secure' : '';
  const put = (value: string, expires: Date) =>
    headers.append(
      'set-cookie',
      `${sessionCookieName(publicUrl)}=${value}; Path=/; HttpOnly; SameSite=Strict; Expires=${expires.toUTCString()}${secure}`,
    );
  return { give: (token, expiresAt) => put(token, expiresAt), take: () => put('', new Date(0)) };
}
