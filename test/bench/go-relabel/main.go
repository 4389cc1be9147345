// Command go-relabel applies relabel rules to targets with Prometheus' own package, for the benchmark relabel.ts.
//
// It reads {"rules": [...], "targets": [{label: value}], "rounds": n} and prints {"nanos": of one round, "kept": n, "digest": of all results}.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"
)

type rule struct {
	SourceLabels []string `json:"source_labels"`
	Separator    string   `json:"separator"`
	Regex        string   `json:"regex"`
	TargetLabel  string   `json:"target_label"`
	Replacement  string   `json:"replacement"`
	Action       string   `json:"action"`
}

type task struct {
	Rules   []rule              `json:"rules"`
	Targets []map[string]string `json:"targets"`
	Rounds  int                 `json:"rounds"`
}

func main() {
	var t task
	if err := json.NewDecoder(os.Stdin).Decode(&t); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	configs := make([]*relabel.Config, len(t.Rules))
	for i, r := range t.Rules {
		configs[i] = config(r)
	}
	targets := make([]labels.Labels, len(t.Targets))
	for i, m := range t.Targets {
		targets[i] = labels.FromMap(m)
	}
	best := time.Duration(1 << 62)
	for range t.Rounds {
		start := time.Now()
		for _, target := range targets {
			process(target, configs)
		}
		best = min(best, time.Since(start))
	}
	kept, digest := results(targets, configs)
	json.NewEncoder(os.Stdout).Encode(map[string]any{"nanos": best.Nanoseconds(), "kept": kept, "digest": digest})
}

// process gives the labels after all rules, as scrape loops and discoveries of Prometheus do.
func process(target labels.Labels, configs []*relabel.Config) (labels.Labels, bool) {
	builder := labels.NewBuilder(target)
	if !relabel.ProcessBuilder(builder, configs...) {
		return labels.EmptyLabels(), false
	}
	return builder.Labels(), true
}

func config(r rule) *relabel.Config {
	c := relabel.DefaultRelabelConfig
	c.NameValidationScheme = model.UTF8Validation
	for _, name := range r.SourceLabels {
		c.SourceLabels = append(c.SourceLabels, model.LabelName(name))
	}
	if r.Separator != "" {
		c.Separator = r.Separator
	}
	if r.Regex != "" {
		c.Regex = relabel.MustNewRegexp(r.Regex)
	}
	if r.Replacement != "" {
		c.Replacement = r.Replacement
	}
	if r.Action != "" {
		c.Action = relabel.Action(r.Action)
	}
	c.TargetLabel = r.TargetLabel
	return &c
}

func results(targets []labels.Labels, configs []*relabel.Config) (int, string) {
	var lines []string
	for _, target := range targets {
		out, keep := process(target, configs)
		if !keep {
			continue
		}
		line := ""
		out.Range(func(l labels.Label) { line += l.Name + "\xff" + l.Value + "\xff" })
		lines = append(lines, line)
	}
	sort.Strings(lines)
	sum := sha256.New()
	for _, line := range lines {
		sum.Write([]byte(line + "\n"))
	}
	return len(lines), hex.EncodeToString(sum.Sum(nil))
}
