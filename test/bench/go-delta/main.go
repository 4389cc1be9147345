// Computes the differences of successive gzipped profiles as Go programs do it with google/pprof's package: parse both,
// add the first times −1, which also leaves out what is unused, and write the result gzipped. Arguments: how often,
// then the files. Prints the nanoseconds of CPU time for each difference and the bytes of the last one.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"syscall"

	"github.com/google/pprof/profile"
)

func main() {
	rounds, err := strconv.Atoi(os.Args[1])
	check(err)
	var bodies [][]byte
	for _, name := range os.Args[2:] {
		body, err := os.ReadFile(name)
		check(err)
		bodies = append(bodies, body)
	}
	var last int
	run(bodies, &last)
	before := cpuNanos()
	for range rounds {
		run(bodies, &last)
	}
	deltas := int64(rounds * (len(bodies) - 1))
	fmt.Printf("{\"nanos\": %d, \"bytes\": %d}\n", (cpuNanos()-before)/deltas, last)
}

// run keeps each parsed profile for the next, so that every body is parsed once.
func run(bodies [][]byte, last *int) {
	before := parse(bodies[0])
	for _, body := range bodies[1:] {
		next := parse(body)
		before.Scale(-1)
		delta, err := profile.Merge([]*profile.Profile{next, before})
		check(err)
		var out bytes.Buffer
		check(delta.Write(&out))
		*last = out.Len()
		before = next
	}
}

func parse(body []byte) *profile.Profile {
	p, err := profile.ParseData(body)
	check(err)
	return p
}

func cpuNanos() int64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
