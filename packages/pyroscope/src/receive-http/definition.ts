import { body } from '@pewter/language';
import { type ComponentDefinition, defineComponent } from '@pewter/runtime';
import { receiveHttpArguments } from './arguments.ts';

/** pyroscope.receive_http: takes profiles that clients push, and sends them to receivers. */
export const pyroscopeReceiveHttp: ComponentDefinition = defineComponent({
  name: 'pyroscope.receive_http',
  stability: 'generally-available',
  arguments: receiveHttpArguments,
  exports: body({}),
  implementation: () => import('./component.ts'),
});
