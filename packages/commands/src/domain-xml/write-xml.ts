import { XMLBuilder } from 'fast-xml-parser';

type XmlNode = Record<string, unknown>;

/** Characters that XML 1.0 cannot hold at all, not even by number. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function escapeXml(value: string): string {
  if (IMPOSSIBLE.test(value)) throw new Error('text that XML cannot hold');
  return value.replaceAll(/[&<>"'\r\n\t]/g, (character) => ESCAPES[character] ?? character);
}

const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  format: true,
  indentBy: '  ',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  // Every value went through escapeXml() when its node was made.
  processEntities: false,
});

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element for {@link writeXml}; attributes that are undefined are left out. Values are escaped here, once. */
export function element(
  name: string,
  attributes: Attributes = {},
  ...children: (XmlNode | string | null)[]
): XmlNode {
  const written: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) written[key] = escapeXml(String(value));
  const inner = children
    .filter((one) => one !== null && one !== '')
    .map((one) => (typeof one === 'string' ? { '#text': escapeXml(one) } : one));
  return { [name]: inner, ':@': written };
}

/** Serializes one element as indented XML. */
export function writeXml(root: XmlNode): string {
  return `${builder.build([root]).trim()}\n`;
}
