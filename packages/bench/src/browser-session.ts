import { ADMIN_PASSWORD } from '@vireo/workshop/rest-client';
/** Calls tRPC procedures as the portal in a browser does: session cookie, Origin, custom header. */
export class BrowserSession {
  readonly url: string;
  readonly headers: Record<string, string>;

  private constructor(url: string, cookie: string) {
    this.url = url;
    this.headers = { cookie, origin: url, 'x-vireo': '1', 'content-type': 'application/json' };
  }

  static async signIn(url: string): Promise<BrowserSession> {
    const response = await fetch(`${url}/api/trpc/session.signIn`, {
      method: 'POST',
      headers: { origin: url, 'x-vireo': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!response.ok || !cookie) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
    return new BrowserSession(url, cookie);
  }

  async mutate<T>(procedure: string, input: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/trpc/${procedure}`, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${procedure}: ${response.status} ${await response.text()}`);
    const answer = (await response.json()) as { result: { data: T } };
    return answer.result.data;
  }
}
