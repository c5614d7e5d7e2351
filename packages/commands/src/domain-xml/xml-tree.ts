import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { hostOutputError } from '../host-output-error.ts';

/** One element. `text` is all its own character data, entities resolved. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  text: string;
}

/** Far more than a domain or a host's capabilities take; keeps a hostile answer from eating memory. */
const LARGEST_XML = 8 * 1024 * 1024;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Entities are resolved here below: the predefined five and characters by number, nothing else exists for us.
  processEntities: false,
  cdataPropName: '#cdata',
});

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function resolveEntities(text: string): string {
  return text.replaceAll(/&([^;&\s]{0,12});?/g, (whole, body: string) => {
    const numeric = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(body);
    if (numeric && whole.endsWith(';')) {
      const code = numeric[1] ? Number.parseInt(numeric[1], 16) : Number(numeric[2]);
      if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    }
    const named = whole.endsWith(';') ? NAMED[body] : undefined;
    if (named === undefined) throw hostOutputError('XML', 'unknown entity', whole);
    return named;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(nodes: readonly unknown[]): string {
  let text = '';
  for (const node of nodes) {
    if (!isRecord(node)) continue;
    if (typeof node['#text'] === 'string') text += resolveEntities(node['#text']);
    const cdata = node['#cdata'];
    if (Array.isArray(cdata))
      for (const part of cdata)
        if (isRecord(part) && typeof part['#text'] === 'string') text += part['#text'];
  }
  return text;
}

function elementOf(node: unknown): XmlElement | null {
  if (!isRecord(node)) return null;
  const name = Object.keys(node).find((key) => key !== ':@');
  if (!name || name.startsWith('#') || name.startsWith('?')) return null;
  const inner = node[name];
  const children = Array.isArray(inner) ? inner : [];
  const attributes: Record<string, string> = {};
  if (isRecord(node[':@']))
    for (const [key, value] of Object.entries(node[':@'])) attributes[key] = resolveEntities(String(value));
  return {
    name,
    attributes,
    children: children.map(elementOf).filter((child) => child !== null),
    text: textOf(children),
  };
}

/**
 * Parses XML from a host: well-formed, without DOCTYPE, with one root of the given name.
 * @throws HostOutputError
 */
export function parseXml(xml: string, root: string): XmlElement {
  if (xml.length > LARGEST_XML) throw hostOutputError('XML', `longer than ${LARGEST_XML} characters`);
  if (/<!(DOCTYPE|ENTITY)/i.test(xml.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')))
    throw hostOutputError('XML', 'a DOCTYPE is not accepted');
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw hostOutputError('XML', `line ${valid.err.line}: ${valid.err.msg}`);
  const parsed: unknown = parser.parse(xml);
  const elements = (Array.isArray(parsed) ? parsed : []).map(elementOf).filter((element) => element !== null);
  const [first] = elements;
  if (elements.length !== 1 || first?.name !== root) throw hostOutputError('XML', `expected one <${root}>`);
  return first;
}

/** First descendant along a path of element names, e.g. `os/type`. */
export function child(element: XmlElement | undefined, path: string): XmlElement | undefined {
  let at = element;
  for (const name of path.split('/')) at = at?.children.find((candidate) => candidate.name === name);
  return at;
}

export function childrenNamed(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** A whole number, or `fallback`. */
export function numberOf(text: string | undefined, fallback: number): number {
  const trimmed = text?.trim() ?? '';
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : fallback;
}
