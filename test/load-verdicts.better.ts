/** Cases on which pewter and the reference differ on purpose. */
export interface Better {
  /** The beginning of the row of the reference's findings that says so, and whose reason this is. */
  readonly finding: string;
  /** What pewter does. */
  readonly verdict: 'loads' | 'refuses';
  readonly cases: readonly string[];
}

export const better: readonly Better[] = [
  {
    finding: 'A custom component whose `declare` is empty never loads',
    verdict: 'loads',
    cases: [
      'declare_empty_used.alloy',
      'declare_name_of_component_namespace.alloy',
      'declare_used_before_definition.alloy',
      'import_and_declare_same_name.alloy',
      'import_label_of_namespace.alloy',
      'import_string_empty_declare_used.alloy',
    ],
  },
  {
    finding: '`refresh_interval = "0s"` on http, dns, process',
    verdict: 'refuses',
    cases: [
      'duration_zero_number.alloy',
      'duration_zero_without_unit.alloy',
      'process_refresh_zero.alloy',
      'type_duration_null.alloy',
    ],
  },
  {
    finding: 'The delta duration is checked even when not given',
    verdict: 'loads',
    cases: ['scrape_interval_two_seconds.alloy'],
  },
  {
    finding: '`external_labels` are not checked',
    verdict: 'refuses',
    cases: ['write_external_labels_bad_name.alloy'],
  },
  {
    finding: "`discovery.digitalocean` can't load in this version",
    verdict: 'loads',
    cases: ['digitalocean_with_token.alloy'],
  },
];
