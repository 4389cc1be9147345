import { countText, plural } from '../../print-diagnostics.ts';
import type { Report } from '../report.ts';

/** `3 configs checked: 1 error, 2 warnings` */
export function summaryLine({ results, configs, unreadable, denyWarnings }: Report): string {
  const all = results.flatMap(({ diagnostics }) => diagnostics).filter(({ code }) => code !== 'E0901');
  const denied = denyWarnings && all.some(({ severity }) => severity === 'warning');
  if (configs === unreadable) return `nothing checked: ${unreadable} not readable\n`;
  const rest = unreadable > 0 ? `, ${unreadable} not readable` : '';
  return `${plural(configs - unreadable, 'config')} checked: ${countText(all)}${denied ? ' (denied)' : ''}${rest}\n`;
}
