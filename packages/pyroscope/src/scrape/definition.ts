import { body } from '@pewter/language';
import { type ComponentDefinition, defineComponent } from '@pewter/runtime';
import { scrapeArguments } from './arguments.ts';
import { type Ownership, ownsAll } from './ownership.ts';

/** pyroscope.scrape: fetches profiles from targets and sends them to receivers. */
export const pyroscopeScrape: ComponentDefinition = defineScrape(ownsAll);

/** The component, sharing its targets with other processes as `ownership` says where `clustering` is enabled. */
export function defineScrape(ownership: Ownership): ComponentDefinition {
  return defineComponent({
    name: 'pyroscope.scrape',
    stability: 'generally-available',
    arguments: scrapeArguments,
    exports: body({}),
    implementation: async () => {
      const { ScrapeComponent } = await import('./component.ts');
      return { build: (context, args) => new ScrapeComponent(context, args, ownership) };
    },
  });
}
