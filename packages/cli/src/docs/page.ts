import type { AttributeDoc, BlockDoc, BodyDoc, ExportDoc } from './describe.ts';
import { table } from './layout.ts';

/** What a page is about. */
export interface PageHead {
  readonly title: string;
  /** One line each. */
  readonly about: readonly string[];
}

/** What is said of an argument or block that Alloy does not have. */
export const pewterOnly = 'pewter only';

/** A page for the terminal: usage, arguments, blocks as a tree, exports. */
export function renderPage(head: PageHead, body: BodyDoc, exports: readonly ExportDoc[]): string {
  const parts = [
    [head.title, ...head.about.map((line) => `  ${line}`)].join('\n'),
    section('Arguments', attributes(body.arguments)),
    section('Blocks', blocks(body.blocks)),
    section('Exports', attributes(exports.map(asAttribute))),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(title: string, content: string): string {
  return content === '' ? '' : `${title}\n${content}`;
}

function attributes(all: readonly AttributeDoc[]): string {
  return table(all.map((one) => [one.name, one.type, remarks(one)]));
}

function asAttribute(one: ExportDoc): AttributeDoc {
  return { ...one, required: false, default: null };
}

function remarks({
  required,
  default: fallback,
  values,
  meaning = '',
  deprecated,
  ...rest
}: AttributeDoc): string {
  const parts = [
    required ? 'required' : '',
    fallback === null ? '' : `default ${fallback.replaceAll(/\s+/g, ' ')}`,
    values === undefined ? '' : `one of ${values.join(', ')}`,
    rest.pewterOnly ? pewterOnly : '',
    meaning,
    deprecated === undefined ? '' : `deprecated: ${deprecated}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function blocks(all: readonly BlockDoc[]): string {
  return table(all.flatMap((one) => blockRows(one, 0)));
}

function blockRows(block: BlockDoc, depth: number): readonly (readonly string[])[] {
  const own = [
    `${'  '.repeat(depth)}${block.name}${block.labelled ? ' "LABEL"' : ''}`,
    [
      block.required ? 'required' : '',
      block.repeated ? 'any number of times' : '',
      block.pewterOnly ? pewterOnly : '',
      block.blocks === null ? 'takes what the one around it takes' : '',
      block.deprecated === undefined ? '' : `deprecated: ${block.deprecated}`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  ];
  return [own, ...(block.blocks ?? []).flatMap((one) => blockRows(one, depth + 1))];
}
