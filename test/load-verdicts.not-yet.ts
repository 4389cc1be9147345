/** The cases whose verdict or line is not yet the reference's, by reason. Only ever shorter. */
export const notYet: Readonly<Record<string, readonly string[]>> = {
  'better: the reference cannot load this component in this version': ['digitalocean_with_token.alloy'],
  'modules: names that clash, and content that comes from a component': [
    'declare_name_of_component_namespace.alloy',
    'declare_used_before_definition.alloy',
    'foreach_var_shadows_component.alloy',
    'import_and_declare_same_name.alloy',
    'import_label_of_namespace.alloy',
    'module_required_argument_default.alloy',
  ],
  'better: an empty declare loads': ['declare_empty_used.alloy', 'import_string_empty_declare_used.alloy'],
  'better: a refresh interval of zero or less is refused, with which the reference crashes when it runs': [
    'duration_negative.alloy',
    'duration_zero_number.alloy',
    'duration_zero_without_unit.alloy',
    'process_refresh_zero.alloy',
    'type_duration_null.alloy',
  ],
  'the rules of the components that run here: HTTP client, scrape, write': [
    'http_tls_missing_cert.alloy',
    'proxy_connect_header_without_url.alloy',
    'proxy_from_environment_and_url.alloy',
    'scrape_interval_two_seconds.alloy',
    'write_external_labels_bad_name.alloy',
  ],
};
