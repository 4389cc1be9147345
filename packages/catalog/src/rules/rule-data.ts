import type { Rule } from '@pewter/language';
import type { CountingRule } from './count-rules.ts';

/** A regular expression of RE2 stands in this attribute. Becomes a rule where expressions can be compiled. */
export interface RegexpRule {
  readonly regexp: string;
  /** `warning`: the reference loads the component with any text, and it does nothing then. */
  readonly severity?: 'warning';
}

/** A rule as tables hold it. */
export type RuleData = Rule | CountingRule | RegexpRule;
