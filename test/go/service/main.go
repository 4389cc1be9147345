// A small service that keeps a CPU busy, keeps memory, allocates more, and serves profiles of itself as Go services do.
package main

import (
	"crypto/sha256"
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"
	"time"
)

var kept [][]byte
var passing []byte

// Every allocation is recorded, so that what a test expects is exact.
func init() { runtime.MemProfileRate = 1 }

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

// KeptMemory is what a heap profile of this service must show as in use.
//
//go:noinline
func KeptMemory(n int) {
	for i := 0; i < n; i++ {
		kept = append(kept, make([]byte, 1<<20))
	}
}

// PassingMemory is what a heap profile of this service must show as allocated since the one before.
//
//go:noinline
func PassingMemory() {
	for {
		for i := 0; i < 16; i++ {
			passing = make([]byte, 1<<16)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func main() {
	KeptMemory(64)
	// A heap profile shows allocations once the collections after them have run.
	runtime.GC()
	runtime.GC()
	go BusyHashing()
	go PassingMemory()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("listening %s\n", listener.Addr())
	fmt.Fprintln(os.Stderr, http.Serve(listener, nil))
	os.Exit(1)
}
