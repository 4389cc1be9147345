import { body, optionalSecret, required, Secret } from '@pewter/language';
import type { Component, ComponentContext } from '@pewter/runtime';
import { type PolledSource, polledComponent } from './poll-loop.ts';

/** What a component exports that brings one text from somewhere. */
export const contentExports = body({ content: required(optionalSecret) });

/** The decoded form of {@link contentExports}. */
export interface ContentExports {
  readonly content: Secret;
}

/** Where a text comes from; made anew for new arguments. */
export interface ContentSource extends PolledSource<string> {
  readonly secret: boolean;
}

/** A component that reads a text as {@link polledComponent} does. */
export function contentComponent<A>(
  context: ComponentContext<ContentExports>,
  args: A,
  open: (args: A) => ContentSource,
): Component<A> {
  return polledComponent(context, args, (current) => exporting(open(current)));
}

function exporting({ initial, ...source }: ContentSource): PolledSource<ContentExports> {
  const exportsOf = (text: string) => ({
    content: new Secret(text, source.secret ? 'hidden' : 'readable'),
  });
  return {
    ...source,
    ...(initial !== undefined && { initial: exportsOf(initial) }),
    read: async (signal) => exportsOf(await source.read(signal)),
  };
}
