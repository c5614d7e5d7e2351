import { isIP } from 'node:net';

const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');
const isLoopback = (address: string) => address === '::1' || /^127\./.test(address);

/**
 * The client's address. A forwarded one is believed only from a proxy that we trust, and only as far as such
 * proxies wrote it: read from the right, the first that is no trusted proxy.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string {
  const direct = plain(peer ?? '');
  const isTrusted = isLoopback(direct) || trustedProxies.includes(direct);
  if (!isTrusted || !forwardedFor) return direct || 'unknown';
  const hops = forwardedFor.split(',').map(plain).reverse();
  const client = hops.find((hop) => !trustedProxies.includes(hop));
  return client && isIP(client) ? client : direct;
}
