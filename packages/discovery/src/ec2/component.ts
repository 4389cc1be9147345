import type { Component, ComponentContext } from '@pewter/runtime';
import { refreshingComponent } from '../refresh-loop.ts';
import type { TargetExports } from '../target-exports.ts';
import type { Ec2Arguments } from './arguments.ts';
import { ec2Source } from './ec2-source.ts';

/** Builds `discovery.ec2`; see its definition. */
export function build(context: ComponentContext<TargetExports>, args: Ec2Arguments): Component<Ec2Arguments> {
  return refreshingComponent('ec2', context, args, (current) => ec2Source(context, current));
}
