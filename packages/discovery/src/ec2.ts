import { defineComponent } from '@pewter/runtime';
import { ec2Arguments } from './ec2/arguments.ts';
import { targetExports } from './target-exports.ts';

/** `discovery.ec2`: the instances of an AWS account in a region. */
export const ec2Discovery = defineComponent({
  name: 'discovery.ec2',
  stability: 'generally-available',
  arguments: ec2Arguments,
  exports: targetExports,
  implementation: () => import('./ec2/component.ts'),
});
