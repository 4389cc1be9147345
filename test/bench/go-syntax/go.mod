module bench/syntax

go 1.22

require github.com/grafana/alloy/syntax v0.1.0
