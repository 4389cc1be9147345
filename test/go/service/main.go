// A small service that keeps a CPU busy, keeps memory, and serves profiles of itself as Go services do.
package main

import (
	"crypto/sha256"
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"
)

var kept [][]byte

// BusyHashing is what a CPU profile of this service must show.
func BusyHashing() {
	sum := sha256.Sum256(nil)
	for {
		for i := 0; i < 1000; i++ {
			sum = sha256.Sum256(sum[:])
		}
		runtime.Gosched()
	}
}

// KeptMemory is what a heap profile of this service must show.
//
//go:noinline
func KeptMemory(n int) {
	for i := 0; i < n; i++ {
		kept = append(kept, make([]byte, 1<<20))
	}
}

func main() {
	KeptMemory(64)
	go BusyHashing()
	// A handler that allocates, so that the differences between two heap profiles are not empty.
	http.HandleFunc("/work", func(w http.ResponseWriter, _ *http.Request) {
		KeptMemory(8)
		fmt.Fprintln(w, len(kept))
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("listening %s\n", listener.Addr())
	fmt.Fprintln(os.Stderr, http.Serve(listener, nil))
	os.Exit(1)
}
