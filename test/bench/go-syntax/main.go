// Measures the published Go module on the configs whose paths come on standard input, one a line.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/grafana/alloy/syntax/parser"
	"github.com/grafana/alloy/syntax/printer"
)

func main() {
	var texts [][]byte
	var bytes int
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		text, err := os.ReadFile(lines.Text())
		if err != nil {
			panic(err)
		}
		texts = append(texts, text)
		bytes += len(text)
	}
	fmt.Println(best(texts, bytes, false), best(texts, bytes, true))
}

// best gives the MB/s of the quickest of ten passes over all texts.
func best(texts [][]byte, bytes int, format bool) float64 {
	quickest := time.Hour
	for pass := 0; pass < 10; pass++ {
		start := time.Now()
		for _, text := range texts {
			file, err := parser.ParseFile("config.alloy", text)
			if err == nil && format {
				_ = printer.Fprint(io.Discard, file)
			}
		}
		quickest = min(quickest, time.Since(start))
	}
	return float64(bytes) / 1e6 / quickest.Seconds()
}
