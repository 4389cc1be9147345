import { Option } from 'commander';

/** `--stability.level`, as the reference has it. */
export function stabilityOption(): Option {
  return new Option('--stability.level <level>', 'least stable components that a config may use')
    .choices(['generally-available', 'public-preview', 'experimental'])
    .default('generally-available');
}
