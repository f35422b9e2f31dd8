package analysis

import (
	"sync"
	"sync/atomic"
)

// each calls do for every number below n: one after the other, or so many at a time as there are workers. These begin
// with what most of it waits for in the end.
func each(n, workers int, ahead func(), do func(i int)) {
	if workers < 2 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	all.Go(func() {
		defer func() { _ = recover() }() // whoever waits for it meets the panic again
		ahead()
	})
	for range min(workers, n) {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	all.Wait()
}
