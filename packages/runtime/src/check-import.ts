import { headRange } from '@pewter/language';
import type { Diagnostic, SourceFile } from '@pewter/syntax';
import { type CheckContext, checkModule, type ModuleCheck } from './check-module.ts';
import { errorText } from './error-text.ts';
import type { EvaluatedBody } from './evaluate-body.ts';
import type { Imported } from './import-definition.ts';
import { importedConfig } from './module-config.ts';
import { type ImportNode, nameRange } from './node.ts';
import type { Fetched } from './prefetch.ts';
import { problem } from './problem.ts';
import { relatedAt } from './used-at.ts';

/** Checks what an import brings, as far as it is known; mistakes in it are warnings, since only its use does harm. */
export function checkImport(
  node: ImportNode,
  given: EvaluatedBody,
  { context, config }: ModuleCheck,
): readonly Diagnostic[] {
  const fetched = textsOf(node, given, context);
  if (fetched === undefined) return [];
  if ('failure' in fetched) return [unread(node, errorText(fetched.failure), fetched.hint)];
  if (fetched.texts.some((text) => leadsTo(context.importing, text)))
    return [unread(node, 'it imports itself')];
  const brought = importedConfig(fetched.texts, {
    vocabulary: context.vocabulary,
    namespaceOf: (one) => context.namespaces.get(one) ?? 'unread',
    folder: fetched.folder ?? config.folder,
  });
  if ('missing' in brought) {
    context.namespaces.set(node, brought);
    const more = brought.related === undefined ? {} : { related: brought.related };
    return [problem('W0603', brought.missing, node.source, headRange(node.block), more)];
  }
  context.namespaces.set(node, brought.definitions);
  const importing = [...context.importing, ...fetched.texts];
  const nested = checkModule(brought, { ...context, importing, used: new Set([...context.used]) });
  return relatedAt(nested.diagnostics, node, 'imported').map((one) => ({ ...one, severity: 'warning' }));
}

function textsOf(node: ImportNode, given: EvaluatedBody, context: CheckContext): Fetched | undefined {
  if (given.decoded === undefined || context.resolveImports === 'off') return undefined;
  const known: Imported['texts'] | undefined = node.from.known?.(given.decoded, node.id);
  return known === undefined ? context.prefetched?.find(node.name, given.values()) : { texts: known };
}

function leadsTo(importing: readonly SourceFile[], text: SourceFile): boolean {
  return importing.some((one) => one.name === text.name && one.text === text.text);
}

function unread(node: ImportNode, why: string, hint?: string): Diagnostic {
  const message = `\`${node.id}\` cannot be read: ${why}`;
  return problem('W0604', message, node.source, nameRange(node.block), {
    hint: hint ?? 'what it brings is not checked here; it must be readable where the config runs',
  });
}
