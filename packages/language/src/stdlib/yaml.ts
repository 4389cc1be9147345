import { type Document, isCollection, parseAllDocuments } from 'yaml';
import type { EvaluationError } from '../error.ts';
import type { Value } from '../value.ts';
import { noYaml } from './yaml-error.ts';
import { YamlReader } from './yaml-reader.ts';

/** The first document of a YAML text as a value. Throws {@link EvaluationError} where the text is no YAML. */
export function parseYaml(written: string): Value {
  const text = written.replaceAll(/\r\n?/g, '\n');
  checkCharacters(text);
  checkPrologue(text);
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    resolveKnownTags: false,
    logLevel: 'silent',
    uniqueKeys: true,
    keepSourceTokens: true,
  });
  const [document] = documents;
  if (!Array.isArray(documents) || document === undefined) return null;
  const error = firstError(document, text);
  if (error !== undefined) throw error;
  return new YamlReader(document, text).read(document.contents);
}

/** What YAML lets a text hold. Bytes that are no UTF-8 are lone surrogates here. */
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function checkCharacters(text: string): void {
  const [character] = unprintable.exec(text) ?? [];
  if (character === undefined) return;
  if (!character.isWellFormed()) throw noYaml('it holds a byte that is no UTF-8');
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  throw noYaml(`it holds the control character U+${code}`);
}

const directive = /^(?:[ \t]*(?:#.*)?\n)*%(\S*)[ \t]*(\S*)/;

/** Refuses what the reference's parser does before the first value: directives that it lacks, an end without a document. */
function checkPrologue(text: string): void {
  const [, name, version] = directive.exec(text) ?? [];
  if (name === 'YAML' && version !== '1.1') throw noYaml(`its version is ${version}, and only 1.1 is read`);
  if (name !== undefined && name !== 'YAML' && name !== 'TAG')
    throw noYaml(`there is no directive \`%${name}\``);
  if (/^\s*\.\.\.(?:\s|$)/.test(text)) throw noYaml('it ends before it began');
}

/** What the library says of anything that stands behind a value. */
const behind = /at node end|in YAML stream/;

/** Behind a value that is complete, and further left than a mapping or list in lines, the document is over, whatever comes there. */
function firstError({ contents, errors }: Document.Parsed, text: string): EvaluationError | undefined {
  const [error] = errors;
  if (error === undefined) return undefined;
  const [at] = error.pos;
  if (contents !== null && at >= contents.range[1] && behind.test(error.message)) {
    const inLines = isCollection(contents) && contents.flow !== true;
    if (!inLines || column(text, at) < column(text, contents.range[0])) return undefined;
  }
  return noYaml(error.message.split('\n')[0]?.replace(/:$/, '') ?? 'it is unreadable', { cause: error });
}

function column(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}
